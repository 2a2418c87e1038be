-- Stores an answer; another process may have been faster with the same one.
-- $1 scenario hash  $2 kind  $3 the normalised request  $4 data version  $5 engine version  $6 seed
-- $7 otd_pct  $8 lead_time_h  $9 and $10 their differences to the baseline  $11 the answer  $12 now  $13 milliseconds
INSERT INTO ops.whatif_runs (scenario_hash, kind, request, data_version, engine_version, seed, otd_pct, lead_time_h,
  delta_otd_pct, delta_lead_time_h, answer, created_at, compute_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (scenario_hash) DO NOTHING
