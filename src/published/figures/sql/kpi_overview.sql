-- Key figures of the orders finished in a window. Lead times are seconds; a negative one (an issue of the data) is left
-- out, and on time is a matter of the factory's calendar days; those are worked out only where the instants leave it open.
-- $1,$2 window, half open  $3 the factory's time zone
WITH finished AS (
  SELECT of_data_transporte AS due,
    CASE
      WHEN of_data_acabamento < of_data_transporte - interval '3 hours' THEN true
      WHEN of_data_acabamento > of_data_transporte + interval '49 hours' THEN false
      ELSE (of_data_acabamento AT TIME ZONE $3::text)::date <= (of_data_transporte AT TIME ZONE $3::text)::date
    END AS is_on_time,
    date_part('epoch', of_data_acabamento - of_data_criacao) AS lead
  FROM core.ordens_fabrico
  WHERE of_data_acabamento >= $1::timestamptz AND of_data_acabamento < $2::timestamptz
)
SELECT count(*) AS orders_finished, count(due) AS orders_with_due,
  count(*) FILTER (WHERE is_on_time) AS orders_on_time,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY lead) FILTER (WHERE lead >= 0) AS lead_time_p50_seconds,
  percentile_cont(0.9) WITHIN GROUP (ORDER BY lead) FILTER (WHERE lead >= 0) AS lead_time_p90_seconds,
  avg(lead) FILTER (WHERE lead >= 0) AS lead_time_avg_seconds
FROM finished
