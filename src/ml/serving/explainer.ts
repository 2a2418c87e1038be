import { type Explanation, type FeatureName, type Matrix, matrixOf, medianOf, rowOf, shapley } from '@libs/learning';
import { valuesFor } from './asked';
import type { LeadTimeAnswer, RiskAnswer } from './predictor';
import { servedProbability } from './served-model';

/** The same question gets the same explanation. */
const SEED = 1;

/** What one feature adds to a prediction, in the unit of the prediction. */
export interface Contribution {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  /** NaN: not known. */
  readonly value: number;
  readonly contribution: number;
}

export interface Explained {
  readonly prediction: number;
  readonly base: number;
  readonly contributions: readonly Contribution[];
  readonly method: string;
}

/** Why a lead time: what lifts p50 above that of a real background, or lowers it; days. */
export function explainLeadTime({ answerer, asked, prediction, baseline, level, known }: LeadTimeAnswer): Explained {
  const { model } = answerer;
  if (model === undefined) {
    const base = known.viewOfProduct(undefined).ofAll.lead();
    return ofBaseline(
      prediction.p50,
      Number.isNaN(base) ? baseline.p50 : base,
      `usual lead time (${groupOf(level)})`,
      'days',
    );
  }
  const row = valuesFor(asked.featureSet, asked.values);
  const { background, features } = model.artefact;
  const found = shapley(
    (rows) => each(rows, (one) => medianOf(model.artefact.model, one)),
    row,
    matrixOfRows(background),
    SEED,
  );
  return ofModel(found, features, row);
}

/** Why a risk, in probability. */
export function explainRisk({ answerer, asked, prediction, level, known }: RiskAnswer): Explained {
  const { model } = answerer;
  if (model === undefined) {
    const base = known.viewOfProduct(undefined).ofAll.recentErrorRate(500);
    return ofBaseline(
      prediction,
      Number.isNaN(base) ? prediction : base,
      `rate of errors (${groupOf(level)})`,
      '0 to 1',
    );
  }
  const row = valuesFor('creation', asked.values);
  const { artefact } = model;
  const found = shapley(
    (rows) => each(rows, (one) => servedProbability(artefact, one)),
    row,
    matrixOfRows(artefact.background),
    SEED,
  );
  return ofModel(found, artefact.features, row);
}

function ofModel(
  { prediction, base, contributions }: Explanation,
  features: readonly FeatureName[],
  row: Float64Array,
): Explained {
  return {
    prediction,
    base,
    contributions: features
      .map(({ name, label, unit }, column) => ({
        name,
        label,
        unit,
        value: row[column],
        contribution: contributions[column],
      }))
      .sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution)),
    method: 'Shapley values by antithetic sampling against orders of the validation period',
  };
}

function ofBaseline(prediction: number, base: number, label: string, unit: string): Explained {
  const contributions = [{ name: 'baseline', label, unit, value: prediction, contribution: prediction - base }];
  return { prediction, base, contributions, method: 'difference of the baseline from all orders' };
}

function groupOf(level: string): string {
  return level === 'all' ? 'all orders' : `of the ${level}`;
}

function each(rows: Matrix, of: (row: Float64Array) => number): Float64Array {
  return Float64Array.from({ length: rows.rows }, (_, row) => of(rowOf(rows, row)));
}

function matrixOfRows(rows: readonly (readonly (number | null)[])[]): Matrix {
  return matrixOf(
    rows.map((row) => row.map((value) => value ?? NaN)),
    rows[0].length,
  );
}
