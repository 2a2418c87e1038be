-- Remembers when touched orders were finished, on time or not, and after how long.
-- $1 factory time zone, $2 1 as they are now, -1 as they were before the merge
INSERT INTO scope_finishes (of_id, day, due_day, lead_time_seconds, sign)
SELECT ordem.of_id, (ordem.of_data_acabamento AT TIME ZONE $1::text)::date,
  (ordem.of_data_transporte AT TIME ZONE $1::text)::date,
  extract(epoch FROM ordem.of_data_acabamento - ordem.of_data_criacao)::bigint, $2::integer
FROM core.ordens_fabrico AS ordem
JOIN touched_orders AS touched ON touched.of_id = ordem.of_id AND touched.row_changed
WHERE ordem.of_data_acabamento IS NOT NULL
