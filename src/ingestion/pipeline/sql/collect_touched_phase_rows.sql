-- Every phase that is new, changed or about to leave core: one row as it is stored, one as it will be.
CREATE TEMP TABLE touched_phase_rows ON COMMIT DROP AS
SELECT row.faseof_id, row.faseof_of_id AS of_id, row.faseof_fase_id AS fase_id, row.faseof_fim AS ended_at,
  extract(epoch FROM row.faseof_fim - row.faseof_inicio)::bigint AS duration_seconds, row.faseof_retorno AS retorno,
  false AS is_stored
FROM changes_fases_ordem_fabrico AS change
JOIN staging.fases_ordem_fabrico_raw AS row ON row.src_sheet = change.src_sheet AND row.src_row = change.src_row
WHERE change.action <> 'N'
UNION ALL
SELECT stored.faseof_id, stored.faseof_of_id, stored.faseof_fase_id, stored.faseof_fim,
  stored.faseof_duration_seconds, stored.faseof_retorno, true
FROM changes_fases_ordem_fabrico AS change
JOIN staging.fases_ordem_fabrico_raw AS row ON row.src_sheet = change.src_sheet AND row.src_row = change.src_row
JOIN core.fases_ordem_fabrico AS stored ON stored.faseof_id = row.faseof_id
WHERE change.action = 'U'
UNION ALL
SELECT stored.faseof_id, stored.faseof_of_id, stored.faseof_fase_id, stored.faseof_fim,
  stored.faseof_duration_seconds, stored.faseof_retorno, true
FROM core.fases_ordem_fabrico AS stored
WHERE NOT EXISTS (
  SELECT FROM staging.fases_ordem_fabrico_raw AS row
  WHERE row.faseof_id = stored.faseof_id AND NOT row.is_duplicate AND row.reject_code IS NULL
)
