-- Whether an order exists (one row when it does), and where its phases lie when the tables for reading are of the version
-- that is read: is_known, and then the first and last event time as text, null when it has no phases.
-- $1 of_id  $2 published version
SELECT state.version IS NOT NULL AS is_known, span.first_event::text AS first_event, span.last_event::text AS last_event
FROM core.ordens_fabrico AS ordem
LEFT JOIN analytics.reading_state AS state ON state.version = $2::bigint
LEFT JOIN analytics.order_span AS span ON span.of_id = ordem.of_id AND state.version IS NOT NULL
WHERE ordem.of_id = $1::bigint
