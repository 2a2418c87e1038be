export { activePeriods, type ActivePeriodShare, type Execution } from './active-periods';
export { median } from './median';
export {
  FLOORS,
  rankPhases,
  scorePhase,
  severityOf,
  SCORE_STEP,
  trendOf,
  usualOf,
  WEIGHTS,
  type PhaseLoad,
  type PhaseScore,
  type Severity,
  type Trend,
  type UsualLoad,
} from './score';
