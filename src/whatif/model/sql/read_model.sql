-- The stored model of data.
-- $1 the data version
SELECT model, backtest, as_of FROM analytics.whatif_model WHERE data_version = $1
