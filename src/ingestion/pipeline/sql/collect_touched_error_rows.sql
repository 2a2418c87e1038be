-- Every error that is new or about to leave core; one that changes is another error, since all its columns are its key.
CREATE TEMP TABLE touched_error_rows ON COMMIT DROP AS
SELECT row.ofch_id, row.ofch_of_id AS of_id
FROM changes_erros_ordem_fabrico AS change
JOIN staging.erros_ordem_fabrico_raw AS row ON row.src_sheet = change.src_sheet AND row.src_row = change.src_row
WHERE change.action <> 'N'
UNION
SELECT stored.ofch_id, stored.ofch_of_id
FROM core.erros_ordem_fabrico AS stored
WHERE NOT EXISTS (
  SELECT FROM staging.erros_ordem_fabrico_raw AS row
  WHERE row.ofch_id = stored.ofch_id AND NOT row.is_duplicate AND row.reject_code IS NULL
)
