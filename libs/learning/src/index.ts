export { type BaselineLevel, LEAD_TIME_BASELINES, RISK_BASELINES, type RiskSeverity } from './baselines';
export { boost, BOOST_SETTINGS, type BoostedTrees, boostedValue, type BoostSettings } from './boosting/boost';
export { fitIsotonic, type Isotonic, isotonicProbability } from './calibration/isotonic';
export { fitPlatt, type Platt, plattProbability } from './calibration/platt';
export { judgeChallenger, judgeLatest, leastLoss, MARGIN, type Verdict } from './champion';
export {
  corrected,
  correctInterval,
  type IntervalCorrection,
  MINIMUM_OUTCOMES,
  NO_CORRECTION,
  OUTSIDE,
  widened,
} from './conformal';
export { type Importance, permutationImportance } from './explain/permutation-importance';
export { type Explanation, shapley } from './explain/shapley';
export { CREATION_FEATURES, type Feature, type OrderView, TRANSPORT_FEATURES } from './features/order-features';
export {
  type AreaWip,
  AREAS,
  type FactoryPast,
  type KnownProduct,
  type PastError,
  type PastOrder,
} from './features/past';
export { Replay } from './features/replay';
export { type Matrix, matrixOf, pickRows, rowOf } from './matrix';
export {
  areaUnderCurve,
  type ClassificationMeasures,
  measureClassification,
  reliability,
  type ReliabilityBin,
} from './measures/classification';
export { coverageWithOpen } from './measures/coverage';
export { measureRegression, type Quantiles, type RegressionMeasures } from './measures/regression';
export { logOddsOf, medianOf, type Model, networkQuantiles, quantilesOf, treeQuantiles } from './models/model';
export { denseSize, encodeRow, type Encoder, fitEncoder } from './network/encoder';
export { type Layer, type Network, networkOutputs, type Weights } from './network/network';
export { ORDER_FEATURES, orderTable, type OrderTable, orderTableSteps, type WalkedPast } from './order-table';
export { mean, quantile } from './quantile';
export { Draws } from './draws';
export { correctedAsServed, correctionAt, WATCHED_DAYS, type WatchedRows } from './rolling';
export { CULPRIT_BASELINES, type CulpritBaseline, type CulpritComparison, culpritRisk } from './culprits';
export { datasetHash, schemaHash } from './fingerprint';
export { type Cuts, type Split, splitByTime } from './split';
export { calibrate, calibrated } from './calibration/calibrate';
export {
  type BaselineAnswers,
  type DurationSet,
  type EventSet,
  type FeatureName,
  FEATURES_OF,
  type FeatureSet,
  type LearningSet,
  leadTimeSet,
  riskSet,
} from './learning-set';
export { type LookTable, lookTable } from './remaining/looks';
export { answerRemaining, type RemainingAnswers, watchedFrom } from './remaining/remaining-answers';
export { SplitNormal } from './remaining/split-normal';
export { LOOK_FEATURES } from './remaining/look-features';
export { COMPARABLE, historyFrom, LOOK_DAYS, looksOf, remainingSet } from './remaining/remaining-set';
export { type Artefact, ArtefactError, type Calibration, decodeArtefact, encodeArtefact } from './models/artefact';
