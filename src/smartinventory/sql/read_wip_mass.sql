-- Active orders with WIP, each once at the type of its latest open phase, by type and product, the heaviest first.
-- $1 orders with no event since then are dormant (null: none is); $2 phase type or null; $3 product or null
SELECT o.fase_id, f.fase_nome, o.produto_id, count(*) AS wip_count, sum(o.mass_kg ORDER BY o.of_id) AS mass_kg,
  count(*) FILTER (WHERE o.mass_kg IS NULL) AS without_mass,
  count(*) FILTER (WHERE o.mass_kg IS NOT NULL AND o.low_confidence) AS estimated
FROM analytics.open_orders AS o
LEFT JOIN core.fases_catalogo AS f ON f.fase_id = o.fase_id
WHERE o.fase_id IS NOT NULL AND ($1::timestamptz IS NULL OR o.last_event_at >= $1)
  AND ($2::bigint IS NULL OR o.fase_id = $2) AND ($3::bigint IS NULL OR o.produto_id = $3)
GROUP BY o.fase_id, f.fase_nome, o.produto_id
ORDER BY mass_kg DESC NULLS LAST, o.fase_id, o.produto_id
