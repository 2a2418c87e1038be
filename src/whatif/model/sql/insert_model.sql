-- Stores a model; another process may have been faster with the same one.
-- $1 the data version  $2 the published version  $3 as_of  $4 the model  $5 the backtest, both JSON
INSERT INTO analytics.whatif_model (data_version, version, as_of, model, backtest)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (data_version) DO NOTHING
