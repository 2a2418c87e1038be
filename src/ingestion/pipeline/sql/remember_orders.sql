-- What is published of each order, for the comparison with what the load makes of it: late is an active order whose due
-- day was before the day of the data clock of then.
-- $1 published run  $2 the factory's time zone  $3 days without an event after which an order is dormant
CREATE TEMPORARY TABLE orders_before ON COMMIT DROP AS
SELECT o.of_id, o.of_data_acabamento AS finished_at, o.of_data_transporte AS due_at,
  NOT e.is_closed AND e.last_event_at >= run.as_of - make_interval(hours => 24 * $3::int)
    AND (o.of_data_transporte AT TIME ZONE $2::text)::date < (run.as_of AT TIME ZONE $2::text)::date AS was_late
FROM core.ordens_fabrico o
JOIN core.ordens_estado e ON e.of_id = o.of_id
CROSS JOIN (SELECT as_of FROM ops.ingestion_runs WHERE run_id = $1) AS run
