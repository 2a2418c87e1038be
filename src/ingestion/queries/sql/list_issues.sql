-- Findings about rows that were kept, one page. One row can have the same finding twice (an error whose evaluation and
-- culprit phases are both unknown), so the row's own place in the table decides last: issues are never updated.
-- $1 run_id; $2 entity or null; $3 code or null;
-- $4 … $8 entity, code, src_sheet, src_row, place after which to go on ($4 null for the first page); $9 number of rows
SELECT entity, code, sheet, src_sheet, src_row, column_name, row_key, detail, ctid::text AS place
  FROM ops.data_quality_issues
 WHERE run_id = $1
   AND ($2::text IS NULL OR entity = $2)
   AND ($3::text IS NULL OR code = $3)
   AND ($4::text IS NULL
        OR (entity, code, src_sheet, src_row, ctid) > ($4, $5::text, $6::smallint, $7::integer, $8::tid))
 ORDER BY entity, code, src_sheet, src_row, ctid
 LIMIT $9
