-- Derived columns of phases from the columns of the sheet, as the merge and the backfill compute them; only what differs
-- is written.
UPDATE core.fases_ordem_fabrico AS fase
SET faseof_event_time = wanted.event_time, faseof_duration_seconds = wanted.duration_seconds,
  faseof_is_open = wanted.is_open, faseof_is_done = wanted.is_done
FROM (
  SELECT known.faseof_id, known.faseof_event_time AS known_event_time,
    coalesce(known.faseof_fim, known.faseof_inicio, known.faseof_data_prevista, ordem.of_data_criacao) AS event_time,
    extract(epoch FROM known.faseof_fim - known.faseof_inicio)::bigint AS duration_seconds,
    known.faseof_inicio IS NOT NULL AND known.faseof_fim IS NULL AS is_open,
    known.faseof_fim IS NOT NULL AS is_done
  FROM core.fases_ordem_fabrico AS known
  JOIN core.ordens_fabrico AS ordem ON ordem.of_id = known.faseof_of_id
  WHERE (known.faseof_event_time, known.faseof_duration_seconds, known.faseof_is_open, known.faseof_is_done)
    IS DISTINCT FROM (
      coalesce(known.faseof_fim, known.faseof_inicio, known.faseof_data_prevista, ordem.of_data_criacao),
      extract(epoch FROM known.faseof_fim - known.faseof_inicio)::bigint,
      known.faseof_inicio IS NOT NULL AND known.faseof_fim IS NULL,
      known.faseof_fim IS NOT NULL
    )
) AS wanted
WHERE fase.faseof_id = wanted.faseof_id AND fase.faseof_event_time = wanted.known_event_time
