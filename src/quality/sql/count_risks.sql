-- How many rows read_risks has without its limit. $1 product or null; $2 type of the culprit phase or null
SELECT count(*) AS total
FROM analytics.quality_risk
WHERE ($1::bigint IS NULL OR produto_id = $1) AND ($2::bigint IS NULL OR fase_culpada_id = $2)
