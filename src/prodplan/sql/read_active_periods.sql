-- The active-period verdict: the phase types by their part in the bottleneck.
SELECT a.fase_id, f.fase_nome, a.rank, a.window_from, a.window_to, a.executions, a.active_share, a.sole_share,
  a.shifting_share
FROM analytics.phase_active_period a
LEFT JOIN core.fases_catalogo f ON f.fase_id = a.fase_id
ORDER BY a.rank
