-- The match rates of the published run, and the gates that they turn.
SELECT m.name, m.rate, m.threshold, m.status
FROM ops.match_rates m
JOIN ops.ops_cache_version v ON v.run_id = m.run_id
ORDER BY m.name
