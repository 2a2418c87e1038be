-- What stands at every phase type at the data clock, as the load stored it, in the order of production.
SELECT n.fase_id, f.fase_nome, n.wip_count, n.wip_age_p50_seconds, n.wip_age_p90_seconds, n.wip_age_avg_seconds,
  n.oldest_inicio, n.queue_size, n.queue_age_p50_seconds, n.queue_age_p90_seconds, n.queue_age_avg_seconds
FROM analytics.phase_now n
LEFT JOIN core.fases_catalogo f ON f.fase_id = n.fase_id
ORDER BY f.fase_sequencia NULLS LAST, n.fase_id
