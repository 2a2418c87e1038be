-- Every order of which a row of orders, phases or errors is new, changed or about to leave core: under the number it
-- has in core and the one it gets; row_changed where the order's own row is concerned.
CREATE TEMP TABLE touched_orders ON COMMIT DROP AS
SELECT of_id, bool_or(row_changed) AS row_changed
FROM (
  SELECT row.of_id, true AS row_changed
  FROM changes_ordens_fabrico AS change
  JOIN staging.ordens_fabrico_raw AS row ON row.src_sheet = change.src_sheet AND row.src_row = change.src_row
  WHERE change.action <> 'N'
  UNION ALL
  SELECT stored.of_id, true
  FROM core.ordens_fabrico AS stored
  WHERE NOT EXISTS (
    SELECT FROM staging.ordens_fabrico_raw AS row
    WHERE row.of_id = stored.of_id AND NOT row.is_duplicate AND row.reject_code IS NULL
  )
  UNION ALL
  SELECT of_id, false FROM touched_phase_rows
  UNION ALL
  SELECT of_id, false FROM touched_error_rows
) AS touched
WHERE of_id IS NOT NULL
GROUP BY of_id
