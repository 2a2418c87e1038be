-- Work in process by the part of the factory at the beginning of each day (UTC): phases started before and not ended.
-- A phase that nobody closed ends with its order, or after 90 days: each of these is known on the day itself. The parts
-- are thirds of the places of the types that routes use; automatic types are states, no work.
-- $1 shares of the places at which a third ends
WITH parts AS (
  SELECT percentile_cont($1::double precision[]) WITHIN GROUP (ORDER BY fase_sequencia) AS bounds
  FROM (
    SELECT DISTINCT tipo.fase_id, tipo.fase_sequencia
    FROM core.fases_catalogo AS tipo
    JOIN core.fases_standard_modelos AS passo ON passo.fase_id = tipo.fase_id
    WHERE tipo.fase_automatica IS DISTINCT FROM 1
  ) AS usados
),
types AS (
  SELECT tipo.fase_id,
    CASE WHEN tipo.fase_sequencia > parts.bounds[2] THEN 3 WHEN tipo.fase_sequencia > parts.bounds[1] THEN 2 ELSE 1 END AS part
  FROM core.fases_catalogo AS tipo
  CROSS JOIN parts
  WHERE tipo.fase_automatica IS DISTINCT FROM 1
),
work AS (
  SELECT types.part, fase.faseof_inicio AS began,
    least(fase.faseof_fim, ordem.of_data_acabamento, fase.faseof_inicio + interval '90 days') AS ended
  FROM core.fases_ordem_fabrico AS fase
  JOIN types ON types.fase_id = fase.faseof_fase_id
  JOIN core.ordens_fabrico AS ordem ON ordem.of_id = fase.faseof_of_id
  WHERE fase.faseof_inicio IS NOT NULL
),
moves AS (
  SELECT part, date_trunc('day', began, 'UTC') AS day, 1 AS change FROM work WHERE ended > began
  UNION ALL
  SELECT part, date_trunc('day', ended, 'UTC'), -1 FROM work WHERE ended > began
),
days AS (
  SELECT day, sum(change) FILTER (WHERE part = 1) AS first_change, sum(change) FILTER (WHERE part = 2) AS middle_change,
    sum(change) FILTER (WHERE part = 3) AS last_change
  FROM moves
  GROUP BY day
)
-- What happened on a day is known at the beginning of the next one.
SELECT extract(epoch FROM day + interval '1 day')::double precision AS at,
  coalesce(sum(first_change) OVER past, 0)::int AS first_count,
  coalesce(sum(middle_change) OVER past, 0)::int AS middle_count,
  coalesce(sum(last_change) OVER past, 0)::int AS last_count
FROM days
WINDOW past AS (ORDER BY day)
ORDER BY day
