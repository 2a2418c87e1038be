import {
  type Artefact,
  boost,
  BOOST_SETTINGS,
  type BoostedTrees,
  boostedValue,
  calibrate,
  calibrated,
  type ClassificationMeasures,
  type Cuts,
  datasetHash,
  Draws,
  type DurationSet,
  encodeArtefact,
  type EventSet,
  type Importance,
  judgeChallenger,
  leastLoss,
  type LearningSet,
  logOddsOf,
  type Matrix,
  medianOf,
  type Model,
  networkQuantiles,
  networkOutputs,
  permutationImportance,
  pickRows,
  type Quantiles,
  quantilesOf,
  type RegressionMeasures,
  rowOf,
  schemaHash,
  type Split,
  splitByTime,
  treeQuantiles,
  type Verdict,
} from '@libs/learning';
import { asServed, type Evaluation, evaluateDurations, evaluateEvents, type PartsOf } from './evaluate';
import { NETWORK_SETTINGS, trainNetwork } from './train-network';

/** Rows that a model is not learned from with fewer: its validation would be chance. */
export const MINIMUM_TRAIN = 300;
export const MINIMUM_VALIDATION = 100;
/** Rows of the background that explanations compare with. */
const BACKGROUND_ROWS = 48;
/** Rows and repetitions of the permutation importance. */
const IMPORTANCE_ROWS = 1_000;
const IMPORTANCE_REPETITIONS = 5;

/** What a training run came to: the model, and what is said of it. */
export interface TrainedTask {
  readonly artefact: string;
  readonly card: TaskCard;
}

/** All figures of a training run; the same for the same data, cuts, seed and backend. */
export interface TaskCard {
  readonly task: string;
  readonly kind: LearningSet['kind'];
  readonly datasetHash: string;
  readonly schema: string;
  readonly features: readonly { name: string; label: string; unit: string }[];
  readonly cuts: Cuts;
  readonly rows: { train: number; validation: number; test: number; gap: number };
  readonly seed: number;
  readonly backend: string;
  readonly baseline: { name: string; label: string };
  readonly verdict: Verdict;
  readonly calibration?: string;
  readonly durations?: Evaluation<RegressionMeasures>;
  readonly events?: Evaluation<ClassificationMeasures>;
  readonly importance: readonly (Importance & { name: string; label: string })[];
}

export interface TaskOptions {
  readonly cuts: Cuts;
  readonly seed: number;
  /** Name of the backend that TensorFlow.js runs on. */
  readonly backend: string;
  readonly parts: PartsOf;
  readonly onProgress: (done: number, stage: string) => Promise<void>;
}

/** Fewer finished orders than a model needs; not an error of the program. */
export class TooFewRowsError extends Error {
  constructor(readonly rows: { train: number; validation: number }) {
    super(
      `${rows.train} orders to learn from and ${rows.validation} to judge by: ` +
        `at least ${MINIMUM_TRAIN} and ${MINIMUM_VALIDATION} are needed.`,
    );
    this.name = 'TooFewRowsError';
  }
}

/** Learns a task, judges it against the baselines on the validation period, and measures it on the test period. */
export async function trainTask(task: string, set: LearningSet, options: TaskOptions): Promise<TrainedTask> {
  const split = splitOf(set, options.cuts);
  if (split.train.length < MINIMUM_TRAIN || split.validation.length < MINIMUM_VALIDATION) {
    throw new TooFewRowsError({ train: split.train.length, validation: split.validation.length });
  }
  const categories = set.features.flatMap(({ isCategory }, column) => (isCategory ? [column] : []));
  const numbers = set.features.flatMap(({ isCategory }, column) => (isCategory ? [] : [column]));
  const data = pickRows(set.rows, split.train);
  const outcome = Float64Array.from(split.train, (row) => set.outcome[row]);
  const isDuration = set.kind === 'duration';
  const network = await trainNetwork(
    data,
    isDuration ? outcome.map(Math.log1p) : outcome,
    categories,
    isDuration ? 'quantiles' : 'odds',
    { ...NETWORK_SETTINGS, seed: options.seed },
    (done) => options.onProgress(0.5 * done, 'network'),
  );
  const settings = { ...BOOST_SETTINGS, seed: options.seed };
  const trees: BoostedTrees[] = [];
  const losses = isDuration
    ? [0.1, 0.5, 0.9].map((share) => ({ kind: 'pinball', share }) as const)
    : [{ kind: 'logistic' } as const];
  for (const [index, loss] of losses.entries()) {
    trees.push(boost(data, outcome, numbers, loss, settings));
    await options.onProgress(0.5 + (0.4 * (index + 1)) / losses.length, 'trees');
  }
  const model: Model = { network, trees };
  const judged =
    set.kind === 'duration'
      ? judgeDurations(set, split, model, options)
      : judgeEvents(set, split, model, options.parts);
  const { predict, loss } = judged;
  const importanceRows = new Draws(options.seed).sample(IMPORTANCE_ROWS, split.validation.length);
  const validation = importanceRows.map((place) => split.validation[place]);
  const importance = permutationImportance(
    predict,
    (predictions) => loss(predictions, validation),
    pickRows(set.rows, validation),
    IMPORTANCE_REPETITIONS,
    options.seed,
  );
  await options.onProgress(1, 'judged');
  const background = new Draws(options.seed + 1).sample(BACKGROUND_ROWS, split.validation.length);
  const artefact: Artefact = {
    task,
    features: set.features.map(({ name, label, unit, isCategory }) => ({ name, label, unit, isCategory })),
    model,
    ...(judged.calibration === undefined ? {} : { calibration: judged.calibration }),
    ranges: set.features.map(({ isCategory }, column) => (isCategory ? null : rangeOf(data, column))),
    background: Array.from(background, (place) =>
      Array.from(rowOf(set.rows, split.validation[place]), (value) => (Number.isNaN(value) ? null : value)),
    ),
    baseline: judged.baseline.name,
    trainBefore: options.cuts.trainBefore,
  };
  const names = set.features.map(({ name }) => name);
  return {
    artefact: encodeArtefact(artefact),
    card: {
      task,
      kind: set.kind,
      datasetHash: datasetHash(names, data, outcome),
      schema: schemaHash(names),
      features: set.features.map(({ name, label, unit }) => ({ name, label, unit })),
      cuts: options.cuts,
      rows: {
        train: split.train.length,
        validation: split.validation.length,
        test: split.test.length,
        gap: split.gap,
      },
      seed: options.seed,
      backend: options.backend,
      baseline: judged.baseline,
      verdict: judged.verdict,
      ...(judged.calibration === undefined ? {} : { calibration: judged.calibration.kind }),
      ...judged.evaluation,
      importance: importance
        .map((each) => ({ ...each, name: names[each.feature], label: set.features[each.feature].label }))
        .sort((one, other) => other.mean - one.mean || one.feature - other.feature),
    },
  };
}

function splitOf(set: LearningSet, cuts: Cuts): Split {
  const split = splitByTime(set.begun, set.ended, cuts);
  const isLearnable = (set.kind === 'duration' ? set.isLearnable : undefined) ?? (() => true);
  return { ...split, train: split.train.filter(isLearnable) };
}

interface Judged {
  readonly baseline: { name: string; label: string };
  readonly verdict: Verdict;
  readonly calibration?: Artefact['calibration'];
  readonly evaluation: Pick<TaskCard, 'durations' | 'events'>;
  /** One number per row, and the loss of such numbers for some rows of the set. */
  readonly predict: (rows: Matrix) => Float64Array;
  readonly loss: (predictions: Float64Array, rows: ArrayLike<number>) => number;
}

function judgeDurations(
  set: DurationSet,
  split: Split,
  model: Model,
  { cuts, parts }: Pick<TaskOptions, 'cuts' | 'parts'>,
): Judged {
  const { trainBefore } = cuts;
  // Rows that have not ended are predicted too: they show how long it has taken so far.
  const rows = Array.from(set.begun.keys()).filter((row) => !(set.ended[row] < trainBefore));
  const candidate = (name: string, of: (row: Float64Array) => Quantiles) => {
    const answers: (Quantiles | undefined)[] = [];
    for (const row of rows) answers[row] = of(rowOf(set.rows, row));
    return { name, answers };
  };
  const candidates = [
    candidate('model', (row) => quantilesOf(model, row)),
    candidate('network', (row) => networkQuantiles(model.network, row)),
    candidate('trees', (row) => treeQuantiles(model.trees, row)),
    ...set.baselines,
  ];
  const [from, before] = split.test.length > 0 ? [cuts.testFrom, cuts.testBefore] : [trainBefore, Infinity];
  const open = rows.filter((row) => Number.isNaN(set.ended[row]) && set.begun[row] >= from && set.begun[row] < before);
  const wanted = [...split.validation, ...split.test, ...open];
  const served = candidates.map((each) => asServed(set, trainBefore, each, wanted));
  const first = evaluateDurations(set, split, served, served[0], parts, open);
  const lossOf = (name: string): number => first.validation.find((each) => each.name === name)?.measures.pinball ?? NaN;
  const best = leastLoss(set.baselines.map((baseline) => ({ ...baseline, loss: lossOf(baseline.name) })));
  return {
    baseline: { name: best.name, label: best.label },
    verdict: judgeChallenger(lossOf('model'), best, 'mean pinball loss of p10, p50 and p90 in days'),
    evaluation: {
      durations: evaluateDurations(
        set,
        split,
        served,
        served.find(({ name }) => name === best.name) ?? served[0],
        parts,
        open,
      ),
    },
    predict: (matrix) => eachRow(matrix, (row) => medianOf(model, row)),
    loss: (predictions, of) =>
      predictions.reduce((sum, each, index) => sum + Math.abs(each - set.outcome[of[index]]), 0) / predictions.length,
  };
}

function judgeEvents(set: EventSet, split: Split, model: Model, parts: PartsOf): Judged {
  const scores = Float64Array.from(split.validation, (row) => logOddsOf(model, rowOf(set.rows, row)));
  const calibration = calibrate(
    scores,
    Float64Array.from(split.validation, (row) => set.outcome[row]),
  );
  const rows = [...split.validation, ...split.test];
  const candidate = (name: string, of: (row: Float64Array) => number) => {
    const answers: (number | undefined)[] = [];
    for (const row of rows) answers[row] = of(rowOf(set.rows, row));
    return { name, answers };
  };
  const odds = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
  const candidates = [
    candidate('model', (row) => calibrated(calibration, logOddsOf(model, row))),
    candidate('network', (row) => odds(networkOutputs(model.network, row)[0])),
    candidate('trees', (row) => odds(boostedValue(model.trees[0], row))),
    // Calibrated on the very rows of the validation period, it would be flattered there: it is judged without.
    candidate('uncalibrated', (row) => odds(logOddsOf(model, row))),
    ...set.baselines,
  ];
  const first = evaluateEvents(set, split, candidates, set.baselines[0], parts);
  const lossOf = (name: string): number => first.validation.find((each) => each.name === name)?.measures.brier ?? NaN;
  const best = leastLoss(set.baselines.map((baseline) => ({ ...baseline, loss: lossOf(baseline.name) })));
  return {
    baseline: { name: best.name, label: best.label },
    verdict: judgeChallenger(lossOf('uncalibrated'), best, 'Brier score'),
    calibration,
    evaluation: { events: evaluateEvents(set, split, candidates, best, parts) },
    predict: (matrix) => eachRow(matrix, (row) => calibrated(calibration, logOddsOf(model, row))),
    loss: (predictions, of) =>
      predictions.reduce((sum, each, index) => sum + (each - set.outcome[of[index]]) ** 2, 0) / predictions.length,
  };
}

function eachRow(matrix: Matrix, of: (row: Float64Array) => number): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, row) => of(rowOf(matrix, row)));
}

function rangeOf({ rows, columns, values }: Matrix, column: number): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (let row = 0; row < rows; row++) {
    const value = values[row * columns + column];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}
