-- Who worked on which phase, in the order in which they ended; nothing while too few of the assigned phases exist for
-- anybody to ask.
-- Identifiers: worked (worked_phases.sql)
-- $1,$2 window: all time
INSERT INTO analytics.worker_phase (ended_at, funcionario_id, fase_id, chefe, seconds, team, errors)
SELECT ended_at, funcionario_id, fase_id, chefe, seconds, team, errors
FROM (
{{worked}}
) AS worked
WHERE EXISTS (
  SELECT FROM ops.ops_cache_version AS published
  JOIN ops.match_rates AS rate ON rate.run_id = published.run_id
  WHERE rate.name = 'employee_productivity' AND rate.status = 'ON'
)
ORDER BY ended_at
