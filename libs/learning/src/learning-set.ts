import { LEAD_TIME_BASELINES, RISK_BASELINES, type RiskSeverity } from './baselines';
import { CREATION_FEATURES, type Feature, TRANSPORT_FEATURES } from './features/order-features';
import type { PastOrder } from './features/past';
import type { Matrix } from './matrix';
import { matrixOf, rowOf } from './matrix';
import type { Quantiles } from './measures/regression';
import { ORDER_FEATURES, type OrderTable } from './order-table';

/** What a feature is called, without how it is computed: what is stored with a model. */
export type FeatureName = Pick<Feature, 'name' | 'label' | 'unit' | 'isCategory'>;

/** Answers without a model, by row. */
export interface BaselineAnswers<Answer> {
  readonly name: string;
  readonly label: string;
  readonly answers: readonly (Answer | undefined)[];
}

interface Rows {
  readonly features: readonly FeatureName[];
  readonly rows: Matrix;
  /** When the features were taken, and when the outcome was known (NaN: not yet); seconds since 1970. */
  readonly begun: Float64Array;
  readonly ended: Float64Array;
  /** Days, or 0 and 1; of rows that have ended. */
  readonly outcome: Float64Array;
}

/** Rows to learn a duration from. */
export interface DurationSet extends Rows {
  readonly kind: 'duration';
  /** Whether a row may be learned from; by default all whose outcome was known. */
  readonly isLearnable?: (row: number) => boolean;
  /** Rows that say nothing of others at a moment, though they have not ended; by default none. */
  readonly isAsleep?: (row: number, moment: number) => boolean;
  readonly baselines: readonly BaselineAnswers<Quantiles>[];
}

/** Rows to learn from whether something happens. */
export interface EventSet extends Rows {
  readonly kind: 'event';
  readonly baselines: readonly BaselineAnswers<number>[];
}

export type LearningSet = DurationSet | EventSet;

/** What was known at the creation, with or without the transport date (which may have been set later). */
export type FeatureSet = 'creation' | 'transport';

export const FEATURES_OF: Readonly<Record<FeatureSet, readonly Feature[]>> = {
  creation: CREATION_FEATURES,
  transport: TRANSPORT_FEATURES,
};

/**
 * What is learned from to predict lead times: one row an order, the outcome in days, and what simple rules answer.
 */
export function leadTimeSet(table: OrderTable, features: FeatureSet): DurationSet {
  return {
    kind: 'duration',
    ...rowsOf(table, features),
    outcome: table.leadTime,
    isAsleep: (row, moment) => endsUnseen(table.orders[row], moment),
    baselines: LEAD_TIME_BASELINES.map(({ name, label }) => ({
      name,
      label,
      answers: table.leadTimeBaselines.get(name) ?? [],
    })),
  };
}

/** Whether no finish is to be expected of an order any more: it was closed without one, or finished before it began. */
function endsUnseen({ created, finished, closed = Infinity }: PastOrder, moment: number): boolean {
  return finished === undefined ? closed < moment : finished < created;
}

/** Whether an order has an error of at least a severity, known once it is finished. */
export function riskSet(table: OrderTable, severity: RiskSeverity): EventSet {
  return {
    kind: 'event',
    ...rowsOf(table, 'creation'),
    outcome: Float64Array.from(table.severity, (worst) => Number(worst >= severity)),
    baselines: RISK_BASELINES.map(({ name, label }) => ({
      name,
      label,
      answers: Array.from(table.riskBaselines.get(name)?.[severity] ?? [], (answer) =>
        Number.isNaN(answer) ? undefined : answer,
      ),
    })),
  };
}

function rowsOf(table: OrderTable, set: FeatureSet): Pick<Rows, 'features' | 'rows' | 'begun' | 'ended'> {
  const features = FEATURES_OF[set];
  const columns = features.map(({ name }) => ORDER_FEATURES.findIndex((feature) => feature.name === name));
  const rows = table.orders.map((_, row) => {
    const all = rowOf(table.features, row);
    return columns.map((column) => all[column]);
  });
  return { features, rows: matrixOf(rows, features.length), begun: table.begun, ended: table.ended };
}
