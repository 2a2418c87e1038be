-- What forecasts at past moments came to, oldest first.
SELECT moment, version, as_of, active, finished, absolute_error_seconds, signed_error_seconds,
  naive_absolute_error_seconds, naive_signed_error_seconds, covered, missed_unfinished, left_out, not_forecast
FROM analytics.eta_backtest
ORDER BY moment
