-- Brings agg_wip_current up to date: small, and its ages move with the data clock, so it is computed whole; only rows that
-- differ are written. WIP: open phases of orders that are neither closed nor dormant; those of dormant ones stand beside.
-- $1 as_of, $2 days after which an open order without events is dormant
WITH open AS MATERIALIZED (
  -- By the months' indexes of open phases: order by order, every month would be asked for each.
  SELECT faseof_of_id, faseof_fase_id, faseof_inicio FROM core.fases_ordem_fabrico WHERE faseof_is_open
), current AS (
  SELECT fase.faseof_fase_id AS fase_id, ordem.of_produto_id AS produto_id,
    count(*) FILTER (WHERE active.yes) AS wip_count,
    count(DISTINCT ordem.of_id) FILTER (WHERE active.yes) AS wip_orders,
    coalesce(sum(extract(epoch FROM $1::timestamptz - fase.faseof_inicio)::bigint) FILTER (WHERE active.yes), 0)
      AS wip_age_seconds,
    min(fase.faseof_inicio) FILTER (WHERE active.yes) AS oldest_inicio,
    count(*) FILTER (WHERE NOT active.yes) AS dormant_count
  FROM core.ordens_estado AS estado
  JOIN core.ordens_fabrico AS ordem ON ordem.of_id = estado.of_id
  JOIN open AS fase ON fase.faseof_of_id = estado.of_id
  CROSS JOIN LATERAL (SELECT estado.last_event_at >= $1::timestamptz - make_interval(hours => 24 * $2::integer)) AS active (yes)
  WHERE NOT estado.is_closed AND estado.open_phases > 0
  GROUP BY 1, 2
)
MERGE INTO analytics.agg_wip_current AS stored
USING (
  SELECT fase_id, produto_id, false AS gone, wip_count, wip_orders, wip_age_seconds, oldest_inicio, dormant_count
  FROM current
  UNION ALL
  SELECT known.fase_id, known.produto_id, true, NULL, NULL, NULL, NULL, NULL
  FROM analytics.agg_wip_current AS known
  WHERE NOT EXISTS (
    SELECT FROM current
    WHERE current.fase_id = known.fase_id AND current.produto_id IS NOT DISTINCT FROM known.produto_id
  )
) AS wanted
ON stored.fase_id = wanted.fase_id AND stored.produto_id IS NOT DISTINCT FROM wanted.produto_id
WHEN MATCHED AND wanted.gone THEN DELETE
WHEN MATCHED AND (stored.wip_count, stored.wip_orders, stored.wip_age_seconds, stored.oldest_inicio,
    stored.dormant_count)
  IS DISTINCT FROM (wanted.wip_count, wanted.wip_orders, wanted.wip_age_seconds, wanted.oldest_inicio,
    wanted.dormant_count)
  THEN UPDATE SET wip_count = wanted.wip_count, wip_orders = wanted.wip_orders,
    wip_age_seconds = wanted.wip_age_seconds, oldest_inicio = wanted.oldest_inicio,
    dormant_count = wanted.dormant_count
WHEN NOT MATCHED THEN INSERT
  (fase_id, produto_id, wip_count, wip_orders, wip_age_seconds, oldest_inicio, dormant_count)
  VALUES (wanted.fase_id, wanted.produto_id, wanted.wip_count, wanted.wip_orders, wanted.wip_age_seconds,
    wanted.oldest_inicio, wanted.dormant_count)
