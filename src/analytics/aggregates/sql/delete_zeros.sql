-- Takes away the rows of an aggregate to which nothing contributes any more.
-- Identifiers: table, nothing_left
DELETE FROM analytics.{{table}} WHERE {{nothing_left}}
