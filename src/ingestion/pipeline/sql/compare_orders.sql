-- What became of orders since the load before: per kind of change how many, and the first of them, the largest first.
-- days: finished, days after the due day (negative: before); newly late, days past it; moved, days later (negative:
-- earlier). An order that is new can be late or finished too.
-- $1 as_of  $2 the factory's time zone  $3 days without an event after which an order is dormant  $4 examples at most
WITH compared AS (
  SELECT o.of_id, o.of_produto_id, o.of_data_criacao, o.of_data_acabamento, o.of_data_transporte,
    (o.of_data_acabamento AT TIME ZONE $2::text)::date AS finish_day,
    (o.of_data_transporte AT TIME ZONE $2::text)::date AS due_day,
    ($1::timestamptz AT TIME ZONE $2::text)::date AS as_of_day,
    (before.due_at AT TIME ZONE $2::text)::date AS due_day_before,
    before.of_id IS NULL AS is_new, before.finished_at, before.due_at, before.was_late,
    NOT e.is_closed AND e.last_event_at >= $1::timestamptz - make_interval(hours => 24 * $3::int) AS is_active
  FROM core.ordens_fabrico o
  JOIN core.ordens_estado e ON e.of_id = o.of_id
  LEFT JOIN orders_before before ON before.of_id = o.of_id
), changes AS (
  SELECT 'created' AS kind, of_id, of_produto_id, NULL::timestamptz AS before, of_data_criacao AS after,
    NULL::int AS days, extract(epoch FROM of_data_criacao) AS weight
  FROM compared WHERE is_new
  UNION ALL
  SELECT 'finished', of_id, of_produto_id, of_data_transporte, of_data_acabamento, finish_day - due_day,
    finish_day - due_day
  FROM compared WHERE NOT is_new AND finished_at IS NULL AND of_data_acabamento IS NOT NULL
  UNION ALL
  SELECT 'newly_late', of_id, of_produto_id, due_at, of_data_transporte, as_of_day - due_day, as_of_day - due_day
  FROM compared WHERE is_active AND due_day < as_of_day AND was_late IS NOT TRUE
  UNION ALL
  SELECT CASE WHEN due_day > due_day_before THEN 'due_later' ELSE 'due_earlier' END, of_id, of_produto_id, due_at,
    of_data_transporte, due_day - due_day_before, abs(due_day - due_day_before)
  FROM compared WHERE due_day <> due_day_before
  UNION ALL
  SELECT CASE WHEN due_at IS NULL THEN 'due_given' ELSE 'due_taken' END, of_id, of_produto_id, due_at,
    of_data_transporte, NULL, 0
  FROM compared WHERE NOT is_new AND (due_at IS NULL) <> (of_data_transporte IS NULL)
), ranked AS (
  SELECT changes.*, count(*) OVER (PARTITION BY kind) AS total,
    row_number() OVER (PARTITION BY kind ORDER BY weight DESC NULLS LAST, of_id) AS place
  FROM changes
)
SELECT ranked.kind, ranked.total, ranked.of_id::text AS of_id, m.produto_nome, ranked.before, ranked.after, ranked.days
FROM ranked
LEFT JOIN core.modelos m ON m.produto_id = ranked.of_produto_id
WHERE ranked.place <= $4
ORDER BY ranked.kind, ranked.place
