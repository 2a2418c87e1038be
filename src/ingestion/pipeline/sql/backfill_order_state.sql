-- Brings what orders' phases say about them up to date; only rows that change are written.
-- Identifiers: states (read_order_state.sql)
-- $1 names of the terminal phase types
INSERT INTO core.ordens_estado AS estado
  (of_id, of_data_criacao, fase_atual_id, is_closed, is_started, open_phases, last_event_at)
{{states}}
ON CONFLICT (of_id) DO UPDATE
SET of_data_criacao = excluded.of_data_criacao, fase_atual_id = excluded.fase_atual_id,
  is_closed = excluded.is_closed, is_started = excluded.is_started, open_phases = excluded.open_phases,
  last_event_at = excluded.last_event_at
WHERE (estado.of_data_criacao, estado.fase_atual_id, estado.is_closed, estado.is_started, estado.open_phases,
    estado.last_event_at)
  IS DISTINCT FROM (excluded.of_data_criacao, excluded.fase_atual_id, excluded.is_closed, excluded.is_started,
    excluded.open_phases, excluded.last_event_at)
