-- What the risks of whole months are computed from: from $1 up to and without $2, each null for open.
SELECT orders, products, culprits, pairs
FROM analytics.risk_month
WHERE ($1::date IS NULL OR month >= $1) AND ($2::date IS NULL OR month < $2)
