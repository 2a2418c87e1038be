-- The open phases of active orders by phase type, most first, with their age in seconds.
-- $1 instant that ages count from; $2 orders with no event since then are dormant (null: none is);
-- $3 phase type or null; $4 product or null
SELECT p.fase_id, f.fase_nome, count(*) AS wip_count,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM $1::timestamptz - p.inicio)::float8) AS age_p50_seconds,
  percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM $1::timestamptz - p.inicio)::float8) AS age_p90_seconds,
  avg(extract(epoch FROM $1::timestamptz - p.inicio))::float8 AS age_avg_seconds
FROM analytics.open_phases AS p
LEFT JOIN core.fases_catalogo AS f ON f.fase_id = p.fase_id
WHERE ($2::timestamptz IS NULL OR p.last_event_at >= $2)
  AND ($3::bigint IS NULL OR p.fase_id = $3) AND ($4::bigint IS NULL OR p.produto_id = $4)
GROUP BY p.fase_id, f.fase_nome
ORDER BY wip_count DESC, p.fase_id
