-- Adds to an aggregate what the load takes away from it and adds to it.
-- Identifiers: table, delta, keys, columns, sums, some_change, additions
INSERT INTO analytics.{{table}} AS stored ({{columns}})
SELECT {{keys}}, {{sums}}
FROM {{delta}}
GROUP BY {{keys}}
HAVING {{some_change}}
ORDER BY {{keys}}
ON CONFLICT ({{keys}}) DO UPDATE SET {{additions}}
