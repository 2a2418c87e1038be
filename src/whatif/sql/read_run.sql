-- A stored answer.
-- $1 its scenario hash, or its number as text
SELECT whatif_id, scenario_hash, kind, answer FROM ops.whatif_runs
WHERE scenario_hash = $1 OR ($1 ~ '^[0-9]{1,15}$' AND whatif_id::text = $1)
