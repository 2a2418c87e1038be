import {
  type BaselineAnswers,
  type ClassificationMeasures,
  correctedAsServed,
  coverageWithOpen,
  type DurationSet,
  type EventSet,
  measureClassification,
  measureRegression,
  type Quantiles,
  type RegressionMeasures,
  reliability,
  type ReliabilityBin,
  type Split,
} from '@libs/learning';

/** How something did over a period. */
export interface Scored<Measures> {
  readonly name: string;
  readonly measures: Measures;
}

/** The same, over a part of a period. */
export interface Part<Measures> {
  readonly part: string;
  readonly model: Measures;
  readonly baseline: Measures;
  /** Of durations: rows in process, and the share from p10 to p90 with them, as far as they were watched. */
  readonly open?: WithOpen;
  /** The same with those of which no finish is expected any more, though they have none. */
  readonly abandoned?: WithOpen;
}

/** Rows that have not ended, and the share that intervals hold when they count too. */
export interface WithOpen {
  readonly rows: number;
  readonly coverage: number;
}

export interface Evaluation<Measures> {
  /** Model first, its halves, then the baselines. */
  readonly validation: readonly Scored<Measures>[];
  /** The same; none without a test period. */
  readonly test: readonly Scored<Measures>[];
  /** The test period (without one, the validation period) by quarter and by family. */
  readonly quarters: readonly Part<Measures>[];
  readonly families: readonly Part<Measures>[];
  /** By the phase that an order stood in; of the remaining time only. */
  readonly phases?: readonly Part<Measures>[];
  readonly reliability?: readonly ReliabilityBin[];
}

/** Answers by row, and what they are called. */
export interface Candidate<Answer> {
  readonly name: string;
  readonly answers: readonly (Answer | undefined)[];
}

const DAY = 86_400;
/** Families, or phases, that are shown by name; the others together. */
const SHOWN_FAMILIES = 12;

/** How parts of a period are told apart, by row. */
export interface PartsOf {
  readonly quarter: (row: number) => string;
  readonly family: (row: number) => string;
  readonly phase?: (row: number) => string;
}

/**
 * Answers with their intervals corrected as they would have been on the day when each row was asked.
 *
 * @param candidate with answers for all rows but those ended before `learnedUntil`
 * @param rows those that are wanted
 */
export function asServed(
  set: DurationSet,
  learnedUntil: number,
  { name, answers }: Candidate<Quantiles>,
  rows: readonly number[],
): Candidate<Quantiles> {
  const known = rows.filter((row) => answers[row] !== undefined);
  const intervals = correctedAsServed({ ...set, predictions: answers }, learnedUntil, known);
  const served: (Quantiles | undefined)[] = [];
  known.forEach((row, index) => (served[row] = intervals[index]));
  return { name, answers: served };
}

/**
 * Durations.
 *
 * @param candidates as they would have been served
 * @param open rows of the period shown that have not ended
 */
export function evaluateDurations(
  set: DurationSet,
  split: Split,
  candidates: readonly Candidate<Quantiles>[],
  baseline: Candidate<Quantiles>,
  parts: PartsOf,
  open: readonly number[],
): Evaluation<RegressionMeasures> {
  const measured = ({ answers }: Candidate<Quantiles>, rows: readonly number[]): RegressionMeasures => {
    const known = rows.filter((row) => answers[row] !== undefined);
    return measureRegression(
      known.flatMap((row) => answers[row] ?? []),
      known.map((row) => set.outcome[row]),
    );
  };
  const now = lastMoment(set);
  const [{ answers }] = candidates;
  const covered = (row: number): Parameters<typeof coverageWithOpen>[0] => {
    const interval = answers[row];
    const ended = !Number.isNaN(set.ended[row]);
    const duration = ended ? set.outcome[row] : (now - set.begun[row]) / DAY;
    return interval === undefined ? [] : [{ interval, duration, ended }];
  };
  const found = evaluation(measured, split, candidates, baseline, parts);
  const shown = shownRows(split);
  const byQuarter = groupBy([...shown, ...open], parts.quarter);
  return {
    ...found,
    quarters: found.quarters.map((each) => {
      const rows = byQuarter.get(each.part) ?? [];
      const [ended, waiting] = [true, false].map((is) => rows.filter((row) => is !== Number.isNaN(set.ended[row])));
      const inProcess = waiting.filter((row) => set.isAsleep?.(row, now) !== true);
      const coverage = (counted: readonly number[]): number => coverageWithOpen(counted.flatMap(covered));
      return {
        ...each,
        open: { rows: inProcess.length, coverage: coverage([...ended, ...inProcess]) },
        abandoned: { rows: waiting.length - inProcess.length, coverage: coverage(rows) },
      };
    }),
  };
}

/** The latest moment that a set knows of; seconds since 1970. */
function lastMoment({ begun, ended }: DurationSet): number {
  let last = -Infinity;
  for (let row = 0; row < begun.length; row++) {
    last = Math.max(last, begun[row], Number.isNaN(ended[row]) ? -Infinity : ended[row]);
  }
  return last;
}

/** Probabilities of events. */
export function evaluateEvents(
  set: EventSet,
  split: Split,
  candidates: readonly Candidate<number>[],
  baseline: BaselineAnswers<number>,
  parts: PartsOf,
): Evaluation<ClassificationMeasures> {
  const pairs = ({ answers }: Candidate<number>, rows: readonly number[]): [number[], number[]] => {
    const known = rows.filter((row) => answers[row] !== undefined);
    return [known.flatMap((row) => answers[row] ?? []), known.map((row) => set.outcome[row])];
  };
  const measured = (candidate: Candidate<number>, rows: readonly number[]): ClassificationMeasures =>
    measureClassification(...pairs(candidate, rows));
  return {
    ...evaluation(measured, split, candidates, baseline, parts),
    reliability: reliability(...pairs(candidates[0], shownRows(split))),
  };
}

function shownRows({ validation, test }: Split): number[] {
  return Array.from(test.length > 0 ? test : validation);
}

function evaluation<Answer, Measures>(
  measured: (candidate: Candidate<Answer>, rows: readonly number[]) => Measures,
  split: Split,
  candidates: readonly Candidate<Answer>[],
  baseline: Candidate<Answer>,
  parts: PartsOf,
): Evaluation<Measures> {
  const over = (rows: readonly number[]): Scored<Measures>[] =>
    rows.length === 0 ? [] : candidates.map((each) => ({ name: each.name, measures: measured(each, rows) }));
  const shown = shownRows(split);
  const by = (groups: ReadonlyMap<string, number[]>): Part<Measures>[] =>
    [...groups].map(([part, rows]) => ({
      part,
      model: measured(candidates[0], rows),
      baseline: measured(baseline, rows),
    }));
  return {
    validation: over(Array.from(split.validation)),
    test: over(Array.from(split.test)),
    quarters: by(new Map([...groupBy(shown, parts.quarter)].sort(([one], [other]) => (one < other ? -1 : 1)))),
    families: by(largest(groupBy(shown, parts.family))),
    ...(parts.phase === undefined ? {} : { phases: by(largest(groupBy(shown, parts.phase))) }),
  };
}

function groupBy(rows: readonly number[], partOf: (row: number) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const part = partOf(row);
    const group = groups.get(part);
    if (group === undefined) groups.set(part, [row]);
    else group.push(row);
  }
  return groups;
}

function largest(groups: ReadonlyMap<string, number[]>): Map<string, number[]> {
  const sorted = [...groups].sort(
    ([one, rows], [other, others]) => others.length - rows.length || (one < other ? -1 : 1),
  );
  const rest = sorted.slice(SHOWN_FAMILIES).flatMap(([, rows]) => rows);
  return new Map([...sorted.slice(0, SHOWN_FAMILIES), ...(rest.length > 0 ? [['others', rest] as const] : [])]);
}
