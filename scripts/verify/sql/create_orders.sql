-- The orders that are kept: closed by finish date or terminal phase type, else dormant (no event in 180 days) or active.
CREATE TEMP TABLE orders AS
WITH kept AS (
  SELECT * FROM staging.ordens_fabrico_raw WHERE NOT is_duplicate AND reject_code IS NULL
),
terminal AS (
  SELECT fase_id FROM staging.fases_catalogo_raw
  WHERE NOT is_duplicate AND reject_code IS NULL AND fase_nome IN (
    'Entregue', 'Embalado', 'Armazem', 'Armazem 2ª escolha', 'Em Uso', 'Para Abate', 'Abatido', 'Lixo', 'Reutilizado'
  )
),
events AS (
  SELECT of_id, max(greatest(inicio, fim)) AS last_event, bool_or(inicio IS NOT NULL) AS has_started
  FROM phases GROUP BY of_id
),
judged AS (
  SELECT
    of_id AS id, of_produto_id AS produto_id, of_fase_id AS fase_id,
    of_data_criacao AS created, of_data_acabamento AS finished, of_data_transporte AS due,
    of_data_acabamento IS NOT NULL OR of_fase_id IN (SELECT fase_id FROM terminal) AS is_closed,
    coalesce(has_started, false) AS has_started,
    greatest(of_data_criacao, of_data_acabamento, last_event) AS last_event
  FROM kept LEFT JOIN events USING (of_id)
)
SELECT
  judged.*,
  NOT is_closed AND last_event < as_of - interval '180 days' AS is_dormant,
  NOT is_closed AND last_event >= as_of - interval '180 days' AS is_active,
  (due AT TIME ZONE 'Europe/Lisbon')::date AS due_day,
  (finished AT TIME ZONE 'Europe/Lisbon')::date AS finish_day,
  extract(epoch FROM finished - created)::float8 / 3600 AS lead_hours
FROM judged, clock
