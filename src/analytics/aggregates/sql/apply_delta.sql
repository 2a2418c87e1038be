-- Brings an aggregate up to date with what the load takes away and adds; a key to which nothing contributes any more
-- goes.
-- Identifiers: table, delta, keys, sums, some_change, match, nothing_left, assignments, columns, values
MERGE INTO analytics.{{table}} AS stored
USING (
  SELECT {{keys}}, {{sums}}
  FROM {{delta}}
  GROUP BY {{keys}}
  HAVING {{some_change}}
) AS delta
ON {{match}}
WHEN MATCHED AND {{nothing_left}} THEN DELETE
WHEN MATCHED THEN UPDATE SET {{assignments}}
WHEN NOT MATCHED THEN INSERT ({{columns}}) VALUES ({{values}})
