import {
  type FeatureSet,
  FEATURES_OF,
  type LearningSet,
  leadTimeSet,
  LOOK_FEATURES,
  type OrderTable,
  riskSet,
} from '@libs/learning';

/** What is learned of an order from what is known at its creation. */
export const ORDER_MODELS = ['leadtime', 'leadtime_transport', 'risk', 'risk_severe'] as const;
export type OrderModel = (typeof ORDER_MODELS)[number];

/** What is learned; each is a line of versions in the registry. */
export const MODEL_NAMES = [...ORDER_MODELS, 'remaining'] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

/** What one training learns. */
export const TRAININGS = {
  leadtime: ['leadtime', 'leadtime_transport'],
  risk: ['risk', 'risk_severe'],
  remaining: ['remaining'],
} as const satisfies Record<string, readonly ModelName[]>;
export type TrainingKind = keyof typeof TRAININGS;

/** What an algorithm is called where models are listed. */
export const ALGORITHM = 'network and boosted trees';

const FEATURE_SETS: Readonly<Record<OrderModel, FeatureSet>> = {
  leadtime: 'creation',
  leadtime_transport: 'transport',
  risk: 'creation',
  risk_severe: 'creation',
};

/** The names of the features that a model reads. */
export function featuresOf(model: ModelName): string[] {
  return (model === 'remaining' ? LOOK_FEATURES : FEATURES_OF[FEATURE_SETS[model]]).map(({ name }) => name);
}

/** The rows that a model of orders learns from. */
export function learningSetOf(model: OrderModel, table: OrderTable): LearningSet {
  if (model === 'risk') return riskSet(table, 1);
  if (model === 'risk_severe') return riskSet(table, 2);
  return leadTimeSet(table, FEATURE_SETS[model]);
}
