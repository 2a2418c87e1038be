-- Executions that ended in a window, by phase type. An ended phase's event time is its end, so the window prunes months.
-- Length 0 marks an event and is no duration.
-- $1,$2 window, half open
SELECT faseof_fase_id AS fase_id, count(*) AS executions,
  count(*) FILTER (WHERE faseof_duration_seconds > 0) AS executions_with_duration,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY faseof_duration_seconds)
    FILTER (WHERE faseof_duration_seconds > 0) AS duration_p50_seconds,
  percentile_cont(0.9) WITHIN GROUP (ORDER BY faseof_duration_seconds)
    FILTER (WHERE faseof_duration_seconds > 0) AS duration_p90_seconds,
  count(*) FILTER (WHERE faseof_retorno = 1) AS returns
FROM core.fases_ordem_fabrico
WHERE faseof_is_done AND faseof_event_time >= $1::timestamptz AND faseof_event_time < $2::timestamptz
GROUP BY faseof_fase_id
ORDER BY faseof_fase_id
