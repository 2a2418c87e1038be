-- Findings of run $1 by entity and code.
SELECT entity, code, count(*) AS count
FROM ops.data_quality_issues
WHERE run_id = $1
GROUP BY entity, code
ORDER BY entity, code
