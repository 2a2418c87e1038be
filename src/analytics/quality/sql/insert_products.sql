-- The products of all history, by the function that defines them. No parameters.
INSERT INTO analytics.quality_products
SELECT * FROM analytics.quality_products_of(NULL, NULL)
