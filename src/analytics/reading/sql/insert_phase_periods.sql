-- The executions that ended in each day or month of the factory, by phase type, with their positive durations one by one;
-- the columns' comments say how they are written.
-- $1 time zone of the factory; $2 day or month
INSERT INTO analytics.phase_period (unit, begins, phases, durations)
SELECT $2::text, begins,
  string_agg(int8send(fase_id) || int4send(executions::integer) || int4send(returns::integer)
    || int4send(in_minutes::integer) || int4send(in_seconds::integer), ''::bytea ORDER BY fase_id),
  translate(encode(string_agg(minutes || seconds, ''::bytea ORDER BY fase_id), 'base64'), E'\n', '')
FROM (
  SELECT begins, fase_id, count(*) AS executions,
    count(*) FILTER (WHERE retorno = 1) AS returns,
    count(*) FILTER (WHERE is_short) AS in_minutes,
    count(*) FILTER (WHERE NOT is_short AND duration > 0) AS in_seconds,
    coalesce(string_agg(int2send((duration / 60 - 32768)::smallint), ''::bytea) FILTER (WHERE is_short), ''::bytea)
      AS minutes,
    coalesce(string_agg(int4send((duration - 2147483648)::integer), ''::bytea)
      FILTER (WHERE NOT is_short AND duration > 0), ''::bytea) AS seconds
  FROM (
    SELECT date_trunc($2::text, faseof_event_time AT TIME ZONE $1::text)::date AS begins, faseof_fase_id AS fase_id,
      faseof_retorno AS retorno, faseof_duration_seconds AS duration,
      coalesce(faseof_duration_seconds > 0 AND faseof_duration_seconds % 60 = 0
        AND faseof_duration_seconds < 65536 * 60, false) AS is_short
    FROM core.fases_ordem_fabrico
    WHERE faseof_is_done
  ) AS ended
  GROUP BY begins, fase_id
) AS phases
GROUP BY begins
