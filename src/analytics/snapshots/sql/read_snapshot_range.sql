-- The days whose KPIs are to be computed: from the one after the mark, or the first finish where there is none or the mark
-- lies before it, to the day of the data clock. No day where no order was ever finished.
-- $1 factory time zone
SELECT greatest(finishes.first_day, (mark.value AT TIME ZONE $1::text)::date + 1)::text AS first_day,
  finishes.first_day::text AS first_finish,
  CASE WHEN finishes.first_day IS NOT NULL THEN finishes.last_day::text END AS last_day,
  (mark.value AT TIME ZONE $1::text)::date::text AS marked_day
FROM (
  SELECT min((ordem.of_data_acabamento AT TIME ZONE $1::text)::date) AS first_day,
    (max(estado.last_event_at) AT TIME ZONE $1::text)::date AS last_day
  FROM core.ordens_fabrico AS ordem
  JOIN core.ordens_estado AS estado ON estado.of_id = ordem.of_id
) AS finishes
LEFT JOIN ops.analytics_watermarks AS mark ON mark.name = 'last_kpi_snapshot_date'
