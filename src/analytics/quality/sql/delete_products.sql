-- Makes room for the products of all history. No parameters.
DELETE FROM analytics.quality_products
