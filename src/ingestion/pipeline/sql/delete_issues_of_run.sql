-- Forgets the findings of run $1.
DELETE FROM ops.data_quality_issues WHERE run_id = $1
