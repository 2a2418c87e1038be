-- What ended in [$1, $2), a part of a day, written as read_phase_periods has it; null where nothing did.
SELECT string_agg(int8send(fase_id) || int4send(executions::integer) || int4send(returns::integer)
    || int4send(0) || int4send(timed::integer), ''::bytea ORDER BY fase_id) AS phases,
  encode(string_agg(durations, ''::bytea ORDER BY fase_id), 'base64') AS durations
FROM (
  SELECT faseof_fase_id AS fase_id, count(*) AS executions,
    count(*) FILTER (WHERE faseof_duration_seconds > 0) AS timed,
    count(*) FILTER (WHERE faseof_retorno = 1) AS returns,
    coalesce(string_agg(int4send((faseof_duration_seconds - 2147483648)::integer), ''::bytea)
      FILTER (WHERE faseof_duration_seconds > 0), ''::bytea) AS durations
  FROM core.fases_ordem_fabrico
  WHERE faseof_is_done AND faseof_event_time >= $1::timestamptz AND faseof_event_time < $2::timestamptz
  GROUP BY faseof_fase_id
) AS ended
