-- The data clock: the latest recorded event among the orders and their phases.
SELECT max(last_event_at) AS as_of FROM core.ordens_estado
