-- Quarantined rows of a run in the order of its key, one page.
-- $1 run_id; $2 entity or null; $3 reason_code or null;
-- $4, $5, $6 entity, src_sheet, src_row after which to go on ($4 null for the first page); $7 number of rows
SELECT entity, src_sheet, src_row, sheet, column_name, cell, reason_code, reason, raw_row
  FROM ops.rejects
 WHERE run_id = $1
   AND ($2::text IS NULL OR entity = $2)
   AND ($3::text IS NULL OR reason_code = $3)
   AND ($4::text IS NULL OR (entity, src_sheet, src_row) > ($4, $5::smallint, $6::integer))
 ORDER BY entity, src_sheet, src_row
 LIMIT $7
