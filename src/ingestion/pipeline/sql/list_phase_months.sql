-- The months (of UTC) in which kept phases fall, whether each has its partition, and whether it is to have one: a
-- planned date in the year 9025 is a typing error that belongs into the default partition.
-- $1 first month that gets a partition, $2 the first one that gets none any more (dates)
SELECT to_char(month, 'YYYY-MM-DD') AS month,
  to_regclass('core.' || core.fases_partition_name(month::date)) IS NOT NULL AS present,
  month >= $1::date AND month < $2::date AS regular
FROM (
  SELECT DISTINCT date_trunc('month', coalesce(
    row.faseof_fim, row.faseof_inicio, row.faseof_data_prevista, ordem.of_data_criacao) AT TIME ZONE 'UTC') AS month
  FROM staging.fases_ordem_fabrico_raw AS row
  JOIN staging.ordens_fabrico_raw AS ordem
    ON ordem.of_id = row.faseof_of_id AND NOT ordem.is_duplicate AND ordem.reject_code IS NULL
  WHERE NOT row.is_duplicate AND row.reject_code IS NULL
) AS months
ORDER BY month
