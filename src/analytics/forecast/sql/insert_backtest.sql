-- What forecasts at past moments came to.
-- $1 a JSON array of rows, each with the table's columns
INSERT INTO analytics.eta_backtest
SELECT * FROM json_populate_recordset(NULL::analytics.eta_backtest, $1::json)
