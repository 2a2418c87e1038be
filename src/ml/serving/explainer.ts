import { setImmediate } from 'node:timers/promises';
import {
  type Artefact,
  type Explanation,
  type FeatureName,
  type Matrix,
  matrixOf,
  medianOf,
  rowOf,
  shapley,
} from '@libs/learning';
import { valuesFor } from './asked';
import type { LeadTimeAnswer, RiskAnswer } from './predictor';
import { servedProbability } from './served-model';

/** The same question gets the same explanation. */
const SEED = 1;
/** Rows of the background between two rests. */
const STEP = 2;

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
export async function explainLeadTime(answer: LeadTimeAnswer): Promise<Explained> {
  const { answerer, asked, prediction, baseline, level, known } = answer;
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
  const found = await inSteps((one) => medianOf(model.artefact.model, one), row, background);
  return ofModel(found, features, row);
}

/** Why a risk, in probability. */
export async function explainRisk(answer: RiskAnswer): Promise<Explained> {
  const { answerer, asked, prediction, level, known } = answer;
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
  const found = await inSteps((one) => servedProbability(artefact, one), row, artefact.background);
  return ofModel(found, artefact.features, row);
}

/**
 * The values of a few rows of the background at a time, put together by their numbers: some ten milliseconds of work
 * each, so that other requests get their turn.
 */
async function inSteps(
  of: (row: Float64Array) => number,
  row: Float64Array,
  background: Artefact['background'],
): Promise<Explanation> {
  const sum = { prediction: 0, base: 0, contributions: new Float64Array(row.length) };
  for (let begin = 0; begin < background.length; begin += STEP) {
    const some = background.slice(begin, begin + STEP);
    const found = shapley((rows) => each(rows, of), row, matrixOfRows(some), SEED + begin);
    const share = some.length / background.length;
    sum.prediction += share * found.prediction;
    sum.base += share * found.base;
    found.contributions.forEach((value, column) => (sum.contributions[column] += share * value));
    await setImmediate();
  }
  return sum;
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
