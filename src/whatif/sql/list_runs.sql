-- Simulated scenarios, the latest first.
-- $1 only those before this number, or null  $2 how many
SELECT whatif_id, scenario_hash, kind, request, data_version, engine_version, seed, otd_pct, lead_time_h, delta_otd_pct,
  delta_lead_time_h, created_at, compute_ms
FROM ops.whatif_runs
WHERE $1::bigint IS NULL OR whatif_id < $1
ORDER BY whatif_id DESC
LIMIT $2
