-- The match rates that switch features, of run $1.
SELECT name, matches, total, rate, threshold, status FROM ops.match_rates WHERE run_id = $1 ORDER BY name
