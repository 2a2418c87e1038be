-- Marks every row whose natural key came earlier in the same sheet, whether or not the earlier one is kept.
-- Identifiers: raw, key (list), first_match (row = first on the key), key_known (all key columns not null)
WITH first AS (
  SELECT {{key}}, min(src_sheet::bigint << 32 | src_row) AS place
  FROM staging.{{raw}}
  WHERE {{key_known}}
  GROUP BY {{key}}
  HAVING count(*) > 1
)
UPDATE staging.{{raw}} AS row
SET is_duplicate = true
FROM first
WHERE {{first_match}} AND (row.src_sheet::bigint << 32 | row.src_row) > first.place
