-- The first and the last event time of each order's phases, which bound the months that hold them.
INSERT INTO analytics.order_span AS span (of_id, first_event, last_event)
SELECT faseof_of_id, min(faseof_event_time), max(faseof_event_time)
FROM core.fases_ordem_fabrico AS fase
GROUP BY faseof_of_id
ON CONFLICT (of_id) DO UPDATE SET first_event = excluded.first_event, last_event = excluded.last_event
WHERE (span.first_event, span.last_event) IS DISTINCT FROM (excluded.first_event, excluded.last_event)
