-- The first bottlenecks by score, with what stands at the phase and what the active-period method says of it.
-- $1 rows at most
SELECT b.fase_id, f.fase_nome, b.rank, b.score, b.wip_age_part, b.load_part, b.queue_age_part,
  b.usual_wip_age_p90_seconds, b.usual_load, b.usual_queue_age_p90_seconds, b.severity, b.why, b.score_before,
  b.methods_disagree,
  n.wip_count, n.wip_age_p50_seconds, n.wip_age_p90_seconds, n.queue_size, n.queue_age_p90_seconds,
  n.queue_age_avg_seconds,
  a.rank AS active_rank, a.executions, a.active_share, a.sole_share, a.shifting_share
FROM analytics.phase_bottleneck b
JOIN analytics.phase_now n ON n.fase_id = b.fase_id
LEFT JOIN core.fases_catalogo f ON f.fase_id = b.fase_id
LEFT JOIN analytics.phase_active_period a ON a.fase_id = b.fase_id
ORDER BY b.rank
LIMIT $1
