-- Forgets the last backtest.
DELETE FROM analytics.eta_backtest
