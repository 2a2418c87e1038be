-- Makes room for the open orders. No parameters.
DELETE FROM analytics.open_orders
