-- How the staged rows of a sheet fall: all, duplicates, quarantined, kept.
-- Identifiers: raw
SELECT count(*) AS staged,
  count(*) FILTER (WHERE is_duplicate) AS duplicates,
  count(*) FILTER (WHERE reject_code IS NOT NULL AND NOT is_duplicate) AS quarantined,
  count(*) FILTER (WHERE reject_code IS NULL AND NOT is_duplicate) AS kept
FROM staging.{{raw}}
