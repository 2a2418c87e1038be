-- Stores findings about cells beside the staged rows.
-- $1 entity, $2 ordinal of the sheet part, $3 rows, $4 headers, $5 cell addresses, $6 codes, $7 details (arrays)
INSERT INTO staging.cell_issues_raw (entity, src_sheet, src_row, column_name, cell, code, detail)
SELECT $1::text, $2::smallint, found.src_row, found.column_name, found.cell, found.code, found.detail
FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[])
  AS found (src_row, column_name, cell, code, detail)
