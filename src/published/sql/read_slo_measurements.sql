-- The latest measurement of the answers that have a limit, if it was of the published data.
SELECT m.name, m.target_ms, m.p95_ms, m.failed
FROM ops.slo_measurements m
WHERE m.measured_at = (
  SELECT max(l.measured_at)
  FROM ops.slo_measurements l
  JOIN ops.ops_cache_version v ON v.version = l.version
)
ORDER BY m.name
