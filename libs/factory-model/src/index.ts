export {
  type AffectedOrder,
  type Answer,
  compareRuns,
  type FirstDecision,
  type FirstDifference,
  type PhaseComparison,
  type PhaseSide,
  type Simulated,
  type UrgentResult,
} from './answer';
export {
  BACKTEST_DAYS,
  BACKTEST_WINDOW,
  type BacktestResult,
  backtestModel,
  type PhaseThroughput,
  THROUGHPUT_TOLERANCE,
} from './backtest';
export { buildModel } from './build-model';
export { CASE_DAYS } from './estimates';
export type { FactoryData, OrderData, PhaseTypeData, ProductData } from './factory-data';
export { type InstantOf, type Kpis, rounded } from './figures';
export * from './model';
export { HORIZON_DAYS, type Plan, planOf, type PlannedOrder } from './plan';
export { type Difference, replicate, type ReplicatedFigures, type ReplicationOptions } from './replications';
export { BASELINE, type CapacityChange, type DurationChange, type Scenario } from './scenario';
export { CALENDAR_BASES, type CalendarBasis, type WeekCalendar } from './week-calendar';
