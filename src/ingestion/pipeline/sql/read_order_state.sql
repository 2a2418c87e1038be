-- What an order's phases say about it, in the order of the columns of core.ordens_estado.
-- $1 names of the terminal phase types
SELECT ordem.of_id, ordem.of_data_criacao, coalesce(aberta.fase_id, ordem.of_fase_id),
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
    max(faseof_fim) AS last_fim
  FROM core.fases_ordem_fabrico AS fase
  GROUP BY faseof_of_id
) AS fases ON fases.faseof_of_id = ordem.of_id
LEFT JOIN (
  -- By itself: as an aggregate of all phases it would have all of them sorted for the sake of the few that are open.
  SELECT DISTINCT ON (faseof_of_id) faseof_of_id, faseof_fase_id AS fase_id
  FROM core.fases_ordem_fabrico AS fase
  WHERE faseof_is_open
  ORDER BY faseof_of_id, faseof_inicio DESC, faseof_sequencia DESC, faseof_id DESC
) AS aberta ON aberta.faseof_of_id = ordem.of_id
