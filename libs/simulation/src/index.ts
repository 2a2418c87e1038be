export { buildInstance } from './build-instance';
export {
  type InProcessSpec,
  type Instance,
  type InstanceSpec,
  type JobSpec,
  type OperationSpec,
  type ResourceSpec,
  UNLIMITED,
} from './instance';
export { PUBLISHED_INSTANCES, type PublishedInstance } from './jobshop/published-instances';
export { readJobshop } from './jobshop/read-jobshop';
export { activePeriodShares, type ResourceActivity } from './probes/active-period-shares';
export { arrivalOf } from './probes/arrival-of';
export { dispatchKeys } from './probes/dispatch-keys';
export {
  type DecisionDifference,
  type Dispatch,
  firstDecisionDifference,
  firstJobDifference,
  type JobDifference,
} from './probes/first-difference';
export { type ResourceUse, resourceUse } from './probes/resource-use';
export { areaBelow, queueLengthOverTime, type StepSeries, workInProcessOverTime } from './probes/step-series';
export { type RunSummary, summarize } from './probes/summarize';
export { isRule, type Rule, RULES } from './rules';
export { SimulationError, type SimulationErrorCode } from './simulation-error';
export type { SimulationOptions, SimulationRun } from './simulation-run';
export { simulate, Simulator } from './simulator';
export { generateShop, type ShopSize } from './validation/generate-shop';
export { validate, type ValidationCheck, type ValidationGroup, type ValidationReport } from './validation/validate';
export { SIMULATION_ENGINE_VERSION } from './version';
export type { CompiledCalendar, UnavailableWindow, WorkingInterval } from './working-calendar';
