-- One backtest at a time; taken before the snapshot, so that the second sees what the first one wrote.
LOCK TABLE analytics.eta_backtest IN EXCLUSIVE MODE
