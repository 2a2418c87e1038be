-- The family of a product, the first two words of its name, and its line, the first.
CREATE TEMP TABLE families AS
SELECT produto_id, words[1] || coalesce(' ' || words[2], '') AS family, words[1] AS line
FROM staging.modelos_raw, LATERAL regexp_split_to_array(btrim(produto_nome), '\s+') AS words
WHERE NOT is_duplicate AND reject_code IS NULL AND btrim(produto_nome) <> ''
