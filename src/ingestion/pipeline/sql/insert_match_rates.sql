-- Keeps the match rates of run $1: $2 names, $3 matches, $4 totals, $5 rates, $6 thresholds, $7 statuses (arrays).
INSERT INTO ops.match_rates (run_id, name, matches, total, rate, threshold, status)
SELECT $1::bigint, match.*
FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::float8[], $6::float8[], $7::text[]) AS match
