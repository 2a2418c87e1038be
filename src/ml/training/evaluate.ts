import {
  type BaselineAnswers,
  type ClassificationMeasures,
  correctedAsServed,
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
}

export interface Evaluation<Measures> {
  /** Model first, its halves, then the baselines. */
  readonly validation: readonly Scored<Measures>[];
  /** The same; none without a test period. */
  readonly test: readonly Scored<Measures>[];
  /** The test period (without one, the validation period) by quarter and by family. */
  readonly quarters: readonly Part<Measures>[];
  readonly families: readonly Part<Measures>[];
  readonly reliability?: readonly ReliabilityBin[];
}

/** Answers by row, and what they are called. */
export interface Candidate<Answer> {
  readonly name: string;
  /** Share that corrections of its intervals leave outside; by default a tenth. */
  readonly tail?: number;
  readonly answers: readonly (Answer | undefined)[];
}

/** Families that are shown by name; the others together. */
const SHOWN_FAMILIES = 12;

/** How parts of a period are told apart, by row. */
export interface PartsOf {
  readonly quarter: (row: number) => string;
  readonly family: (row: number) => string;
}

/**
 * Durations, with the intervals corrected as they would have been when each row was asked.
 *
 * @param candidates with answers for all rows begun since `learnedUntil`, ended or not
 */
export function evaluateDurations(
  set: DurationSet,
  split: Split,
  learnedUntil: number,
  candidates: readonly Candidate<Quantiles>[],
  baseline: BaselineAnswers<Quantiles>,
  parts: PartsOf,
): Evaluation<RegressionMeasures> {
  const measured = ({ answers, tail }: Candidate<Quantiles>, rows: readonly number[]): RegressionMeasures => {
    const known = rows.filter((row) => answers[row] !== undefined);
    const watched = { predictions: answers, begun: set.begun, ended: set.ended };
    const served = correctedAsServed(watched, learnedUntil, known, tail);
    return measureRegression(
      served,
      known.map((row) => set.outcome[row]),
    );
  };
  return evaluation(measured, split, candidates, baseline, parts);
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
