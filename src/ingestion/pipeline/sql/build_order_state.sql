-- The same of a first load, into a table that is empty.
-- Identifiers: target, states (read_order_state.sql)
-- $1 names of the terminal phase types
INSERT INTO {{target}} (of_id, of_data_criacao, fase_atual_id, is_closed, is_started, open_phases, last_event_at)
{{states}}
