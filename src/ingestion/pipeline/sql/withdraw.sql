-- Moves the rows that are no longer kept from core to history, with why.
-- Identifiers: core, raw, present_match (row = stored on the key)
-- $1 run_id, $2 the load's clock
WITH gone AS (
  DELETE FROM core.{{core}} AS stored
  WHERE NOT EXISTS (
    SELECT FROM staging.{{raw}} AS row
    WHERE {{present_match}} AND NOT row.is_duplicate AND row.reject_code IS NULL
  )
  RETURNING stored.*
), remembered AS (
  INSERT INTO core.{{core}}_history
  SELECT $1::bigint, $2::timestamptz,
    CASE WHEN EXISTS (SELECT FROM staging.{{raw}} AS row WHERE {{present_match}})
      THEN 'quarantined' ELSE 'absent' END,
    stored.*
  FROM gone AS stored
  RETURNING left_reason
)
SELECT count(*) FILTER (WHERE left_reason = 'absent') AS absent,
  count(*) FILTER (WHERE left_reason = 'quarantined') AS withdrawn
FROM remembered
