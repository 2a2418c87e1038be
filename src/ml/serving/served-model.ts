import {
  type Artefact,
  calibrated,
  corrected,
  correctionAt,
  type IntervalCorrection,
  judgeLatest,
  type LearningSet,
  logOddsOf,
  measureClassification,
  measureRegression,
  NO_CORRECTION,
  type Quantiles,
  quantilesOf,
  rowOf,
  type Verdict,
} from '@libs/learning';
import { setImmediate } from 'node:timers/promises';

/** Finished orders that a model is watched by. */
const LATEST = 500;
/** Rows predicted between two rests, so that other requests get their turn. */
const STEP = 50;

/** A model as it answers now: its intervals corrected, and whether it has lately been worth it. */
export interface ServedModel {
  readonly artefact: Artefact;
  readonly correction: IntervalCorrection;
  readonly lately: Verdict;
}

/**
 * Puts a model to the test of all that it did not learn from, up to the published present.
 *
 * @param now seconds since 1970
 */
export async function servedModel(artefact: Artefact, set: LearningSet, now: number): Promise<ServedModel> {
  const rows = Array.from(set.begun.keys());
  const latest = rows
    .filter((row) => set.ended[row] >= artefact.trainBefore)
    .sort((one, other) => set.ended[one] - set.ended[other])
    .slice(-LATEST);
  const asked = rows.filter((row) => !(set.ended[row] < artefact.trainBefore));
  const { model } = artefact;
  if (set.kind === 'duration') {
    const predictions: (Quantiles | undefined)[] = [];
    await inSteps(asked, (row) => (predictions[row] = quantilesOf(model, rowOf(set.rows, row))));
    const baseline = set.baselines.find(({ name }) => name === artefact.baseline)?.answers ?? [];
    const losses = [predictions, baseline].map((answers) => {
      const known = latest.filter((row) => predictions[row] !== undefined && baseline[row] !== undefined);
      return measureRegression(
        known.flatMap((row) => answers[row] ?? []),
        known.map((row) => set.outcome[row]),
      ).pinball;
    });
    return {
      artefact,
      correction: correctionAt({ ...set, predictions }, artefact.trainBefore, now),
      lately: judgeLatest(losses[0], losses[1], 'mean pinball loss', latest.length),
    };
  }
  const probabilities: number[] = [];
  await inSteps(asked, (row) => {
    const logOdds = logOddsOf(model, rowOf(set.rows, row));
    probabilities[row] = artefact.calibration === undefined ? odds(logOdds) : calibrated(artefact.calibration, logOdds);
  });
  const baseline = set.baselines.find(({ name }) => name === artefact.baseline)?.answers ?? [];
  const known = latest.filter((row) => baseline[row] !== undefined);
  const losses = [probabilities, baseline].map(
    (answers) =>
      measureClassification(
        known.map((row) => answers[row] ?? NaN),
        known.map((row) => set.outcome[row]),
      ).brier,
  );
  return {
    artefact,
    correction: NO_CORRECTION,
    lately: judgeLatest(losses[0], losses[1], 'Brier score', known.length),
  };
}

/** Days. */
export function servedDuration({ artefact, correction }: ServedModel, row: ArrayLike<number>): Quantiles {
  return corrected(quantilesOf(artefact.model, row), correction);
}

/** A probability. */
export function servedProbability({ model, calibration }: Artefact, row: ArrayLike<number>): number {
  const logOdds = logOddsOf(model, row);
  return calibration === undefined ? odds(logOdds) : calibrated(calibration, logOdds);
}

function odds(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

async function inSteps(rows: Iterable<number>, work: (row: number) => void): Promise<void> {
  let done = 0;
  for (const row of rows) {
    work(row);
    if (++done % STEP === 0) await setImmediate();
  }
}
