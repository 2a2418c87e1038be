-- Orders by id with what their answer shows, newest first. The ids bound both tables: the second would be read whole.
-- $1 of_ids
SELECT o.of_id::text AS of_id, o.of_data_criacao, o.of_data_acabamento, o.of_data_transporte,
  o.of_produto_id, o.of_fase_id,
  m.produto_id IS NOT NULL AS produto_in_catalogue, m.produto_nome,
  e.fase_atual_id, f.fase_nome AS fase_atual, e.is_closed, e.is_started, e.last_event_at,
  forecast.eta_p50, forecast.eta_p80, forecast.method AS eta_method, forecast.method_reason AS eta_method_reason
FROM core.ordens_fabrico o
JOIN core.ordens_estado e ON e.of_id = o.of_id AND e.of_id = ANY ($1::bigint[])
LEFT JOIN core.modelos m ON m.produto_id = o.of_produto_id
LEFT JOIN core.fases_catalogo f ON f.fase_id = e.fase_atual_id
LEFT JOIN analytics.order_forecast forecast ON forecast.of_id = o.of_id
WHERE o.of_id = ANY ($1::bigint[])
ORDER BY o.of_data_criacao DESC, o.of_id DESC
