-- Orders that will probably miss their due day, the most probable first, along idx_order_forecast_risk.
-- $1 rows at most; $2 orders with no event since then are dormant (null: none is). Within coalesce, since the planner would
-- take it for rare that an order has a recent event, which all of these have, and leave the index.
SELECT forecast.of_id::text AS of_id, o.of_produto_id, m.produto_nome, o.of_data_transporte,
  e.fase_atual_id, f.fase_nome AS fase_atual, forecast.eta_p50, forecast.eta_p80,
  forecast.method AS eta_method, forecast.method_reason AS eta_method_reason, forecast.p_late, forecast.days_late,
  forecast.delay_seconds, forecast.late_start_seconds, forecast.waiting_seconds, forecast.waiting_fase_id,
  waiting.fase_nome AS waiting_fase, forecast.rework_seconds, forecast.slow_phase_seconds,
  forecast.slow_phase_fase_id, slow.fase_nome AS slow_phase, forecast.rest_seconds
FROM analytics.order_forecast forecast
JOIN core.ordens_fabrico o ON o.of_id = forecast.of_id
JOIN core.ordens_estado e ON e.of_id = forecast.of_id
LEFT JOIN core.modelos m ON m.produto_id = o.of_produto_id
LEFT JOIN core.fases_catalogo f ON f.fase_id = e.fase_atual_id
LEFT JOIN core.fases_catalogo waiting ON waiting.fase_id = forecast.waiting_fase_id
LEFT JOIN core.fases_catalogo slow ON slow.fase_id = forecast.slow_phase_fase_id
WHERE forecast.days_late > 0 AND coalesce(e.last_event_at >= $2::timestamptz, $2 IS NULL)
ORDER BY forecast.p_late DESC, forecast.days_late DESC, forecast.of_id
LIMIT $1
