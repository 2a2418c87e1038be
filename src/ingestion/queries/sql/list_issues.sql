-- Findings about rows that were kept, one page. One row can have the same finding twice, so the row's own place in the
-- table decides last: issues are never updated. The position is two conditions, because no index holds ctid and the
-- planner takes `(…, ctid) > (…)` for so rare that it sorts the whole run for every page (240 ms a page of 2,000 among
-- 300,000 issues, against 3 ms so).
-- $1 run_id; $2 entity or null; $3 code or null;
-- $4 … $8 entity, code, src_sheet, src_row, place after which to go on ($4 null for the first page); $9 number of rows
SELECT entity, code, sheet, src_sheet, src_row, column_name, row_key, detail, ctid::text AS place
  FROM ops.data_quality_issues
 WHERE run_id = $1
   AND ($2::text IS NULL OR entity = $2)
   AND ($3::text IS NULL OR code = $3)
   AND ($4::text IS NULL
        OR ((entity, code, src_sheet, src_row) >= ($4, $5::text, $6::smallint, $7::integer)
            AND NOT (entity = $4 AND code = $5 AND src_sheet = $6 AND src_row = $7 AND ctid <= $8::tid)))
 ORDER BY entity, code, src_sheet, src_row, ctid
 LIMIT $9
