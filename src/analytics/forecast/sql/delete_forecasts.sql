-- Empties the forecasts: all of them depend on as_of.
DELETE FROM analytics.order_forecast
