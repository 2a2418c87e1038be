-- The executions that ended on each day of the factory, by phase type, with their positive durations one by one.
-- $1 time zone of the factory
INSERT INTO analytics.phase_day (day, phases, durations)
SELECT day,
  string_agg(int8send(fase_id) || int4send(executions::integer) || int4send(timed::integer)
    || int4send(returns::integer), ''::bytea ORDER BY fase_id),
  string_agg(durations, ''::bytea ORDER BY fase_id)
FROM (
  SELECT (faseof_event_time AT TIME ZONE $1::text)::date AS day, faseof_fase_id AS fase_id, count(*) AS executions,
    count(*) FILTER (WHERE faseof_duration_seconds > 0) AS timed,
    count(*) FILTER (WHERE faseof_retorno = 1) AS returns,
    coalesce(string_agg(int4send((faseof_duration_seconds - 2147483648)::integer), ''::bytea)
      FILTER (WHERE faseof_duration_seconds > 0), ''::bytea) AS durations
  FROM core.fases_ordem_fabrico AS fase
  WHERE faseof_is_done
  GROUP BY day, faseof_fase_id
) AS phases
GROUP BY day
