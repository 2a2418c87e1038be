-- The forecasts of a load.
-- $1 a JSON array of rows, each with the table's columns
INSERT INTO analytics.order_forecast
SELECT * FROM json_populate_recordset(NULL::analytics.order_forecast, $1::json)
