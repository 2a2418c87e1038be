-- What the risks of the orders created in each month of the factory are computed from; the columns' comments say how it is
-- written.
-- Identifiers: counted (count_risks_of.sql)
-- $1 time zone of the factory; $2,$3 window: all time
INSERT INTO analytics.risk_month (month, orders, products, culprits, pairs)
SELECT month, orders, products, culprits, pairs
FROM (
{{counted}}
) AS counted
