-- Whether the stored backtest is that of the published version, or nothing is published that one could be of. One row.
SELECT NOT EXISTS (
  SELECT
  FROM ops.ops_cache_version AS published
  WHERE NOT EXISTS (SELECT FROM analytics.eta_backtest AS stored WHERE stored.version = published.version)
) AS is_current
