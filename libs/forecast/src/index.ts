export { backtest, type BacktestMoment } from './backtest';
export { type CalibratedForecast, CalibratedForecaster, HISTORY_DAYS } from './calibration';
export { type DelaySplit, splitDelay } from './delay';
export {
  BACK_OFF_LEVELS,
  type BackOffLevel,
  type Forecast,
  FORECAST_SETTINGS,
  Forecaster,
  type ForecastSettings,
} from './forecaster';
export {
  familyOf,
  type History,
  historyOf,
  type HistoryOrder,
  NOT_STARTED,
  type Position,
  positionAt,
} from './history';
export { type EnteredCase, SurvivalCurve } from './survival-curve';
export { type Usual, usualTimes } from './usual-times';
