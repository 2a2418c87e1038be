-- What an order's phases say about it; only rows that change are written.
-- $1 names of the terminal phase types
INSERT INTO core.ordens_estado AS estado
  (of_id, of_data_criacao, fase_atual_id, is_closed, is_started, open_phases, last_event_at)
SELECT ordem.of_id, ordem.of_data_criacao, coalesce(fases.open_fase_id, ordem.of_fase_id),
  ordem.of_data_acabamento IS NOT NULL OR coalesce(atual.fase_nome = ANY ($1::text[]), false),
  coalesce(fases.started, false), coalesce(fases.open_phases, 0),
  greatest(ordem.of_data_criacao, ordem.of_data_acabamento, fases.last_inicio, fases.last_fim)
FROM core.ordens_fabrico AS ordem
LEFT JOIN core.fases_catalogo AS atual ON atual.fase_id = ordem.of_fase_id
LEFT JOIN (
  SELECT faseof_of_id,
    bool_or(faseof_inicio IS NOT NULL OR faseof_fim IS NOT NULL) AS started,
    count(*) FILTER (WHERE faseof_is_open) AS open_phases,
    max(faseof_inicio) AS last_inicio,
    max(faseof_fim) AS last_fim,
    (array_agg(faseof_fase_id ORDER BY faseof_inicio DESC, faseof_sequencia DESC, faseof_id DESC)
      FILTER (WHERE faseof_is_open))[1] AS open_fase_id
  FROM core.fases_ordem_fabrico
  GROUP BY faseof_of_id
) AS fases ON fases.faseof_of_id = ordem.of_id
ON CONFLICT (of_id) DO UPDATE
SET of_data_criacao = excluded.of_data_criacao, fase_atual_id = excluded.fase_atual_id,
  is_closed = excluded.is_closed, is_started = excluded.is_started, open_phases = excluded.open_phases,
  last_event_at = excluded.last_event_at
WHERE (estado.of_data_criacao, estado.fase_atual_id, estado.is_closed, estado.is_started, estado.open_phases,
    estado.last_event_at)
  IS DISTINCT FROM (excluded.of_data_criacao, excluded.fase_atual_id, excluded.is_closed, excluded.is_started,
    excluded.open_phases, excluded.last_event_at)
