-- Every order of which a row of orders, phases or errors is new, changed or about to leave core: under the number it
-- has in core and the one it gets.
CREATE TEMP TABLE touched_orders ON COMMIT DROP AS
SELECT of_id
FROM (
  SELECT row.of_id
  FROM changes_ordens_fabrico AS change
  JOIN staging.ordens_fabrico_raw AS row ON row.src_sheet = change.src_sheet AND row.src_row = change.src_row
  WHERE change.action <> 'N'
  UNION ALL
  SELECT stored.of_id
  FROM core.ordens_fabrico AS stored
  WHERE NOT EXISTS (
    SELECT FROM staging.ordens_fabrico_raw AS row
    WHERE row.of_id = stored.of_id AND NOT row.is_duplicate AND row.reject_code IS NULL
  )
  UNION ALL
  SELECT unnest(ARRAY[row.faseof_of_id, stored.faseof_of_id])
  FROM changes_fases_ordem_fabrico AS change
  JOIN staging.fases_ordem_fabrico_raw AS row ON row.src_sheet = change.src_sheet AND row.src_row = change.src_row
  LEFT JOIN core.fases_ordem_fabrico AS stored ON stored.faseof_id = row.faseof_id
  WHERE change.action <> 'N'
  UNION ALL
  SELECT stored.faseof_of_id
  FROM core.fases_ordem_fabrico AS stored
  WHERE NOT EXISTS (
    SELECT FROM staging.fases_ordem_fabrico_raw AS row
    WHERE row.faseof_id = stored.faseof_id AND NOT row.is_duplicate AND row.reject_code IS NULL
  )
  UNION ALL
  SELECT row.ofch_of_id
  FROM changes_erros_ordem_fabrico AS change
  JOIN staging.erros_ordem_fabrico_raw AS row ON row.src_sheet = change.src_sheet AND row.src_row = change.src_row
  WHERE change.action <> 'N'
  UNION ALL
  SELECT stored.ofch_of_id
  FROM core.erros_ordem_fabrico AS stored
  WHERE NOT EXISTS (
    SELECT FROM staging.erros_ordem_fabrico_raw AS row
    WHERE row.ofch_id = stored.ofch_id AND NOT row.is_duplicate AND row.reject_code IS NULL
  )
) AS touched
WHERE of_id IS NOT NULL
GROUP BY of_id
