-- The open orders: fase_id is the type of the latest open phase (null: none is open), mass_kg the latest weight other
-- than 0 that a phase of the order recorded, else the product's, which is of low confidence, else null. No parameters.
INSERT INTO analytics.open_orders (of_id, produto_id, last_event_at, fase_id, mass_kg, low_confidence,
  fase_atual_id, due)
SELECT ordem.of_id, ordem.of_produto_id, estado.last_event_at,
  CASE WHEN estado.open_phases > 0 THEN estado.fase_atual_id END,
  coalesce(recorded.peso, nullif(modelo.produto_peso_desmolde, 0)), recorded.peso IS NULL,
  estado.fase_atual_id, ordem.of_data_transporte
FROM core.ordens_estado AS estado
JOIN core.ordens_fabrico AS ordem ON ordem.of_id = estado.of_id
LEFT JOIN core.modelos AS modelo ON modelo.produto_id = ordem.of_produto_id
LEFT JOIN (
  SELECT DISTINCT ON (fase.faseof_of_id) fase.faseof_of_id, fase.faseof_peso AS peso
  FROM core.ordens_estado AS aberta
  JOIN core.fases_ordem_fabrico AS fase ON fase.faseof_of_id = aberta.of_id
  WHERE NOT aberta.is_closed AND fase.faseof_peso <> 0
  ORDER BY fase.faseof_of_id, coalesce(fase.faseof_fim, fase.faseof_inicio) DESC NULLS LAST,
    fase.faseof_sequencia DESC NULLS LAST, fase.faseof_id DESC
) AS recorded ON recorded.faseof_of_id = ordem.of_id
WHERE NOT estado.is_closed
