-- Quarantined rows of run $1 by entity and reason.
SELECT entity, reason_code, count(*) AS count
FROM ops.rejects
WHERE run_id = $1
GROUP BY entity, reason_code
ORDER BY entity, reason_code
