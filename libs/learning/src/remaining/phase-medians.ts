import type { Quantiles } from '../measures/regression';
import { quantileSorted } from '../quantile';
import type { LookTable } from './looks';

const DAY = 86_400;
/** Cases that a group needs before it is asked; with fewer the next wider one is. */
const MINIMUM_CASES = 20;
const SHARES = [0.1, 0.5, 0.9] as const;

/** Remaining times of orders finished by now that stood in one place; grows in order of the finishes. */
class Cases {
  private readonly durations: number[] = [];
  private sorted: Float64Array | undefined;

  constructor(private readonly latest: number) {}

  get count(): number {
    return this.durations.length;
  }

  add(duration: number): void {
    this.durations.push(duration);
    this.sorted = undefined;
  }

  quantiles(): Quantiles {
    this.sorted ??= Float64Array.from(this.durations.slice(-this.latest)).sort();
    const [p10, p50, p90] = SHARES.map((share) => quantileSorted(this.sorted ?? [], share));
    return { p10, p50, p90 };
  }
}

/**
 * The elapsed-conditional median by phase, with back-off: how long orders that stood in the same phase at a like age took
 * from there, of the same family if 20 are known, else of any, else of any age, else in any phase.
 *
 * @param latest how many of a group's cases count, those finished last
 * @returns days by row of the table; undefined before the first finish
 */
export function phaseMedians(table: LookTable, latest: number): (Quantiles | undefined)[] {
  const { begun, ended, order, phase, remaining, history } = table;
  const groups = new Map<string, Cases>();
  // Ages that double: a day more matters in the first week and not after half a year.
  const keys = Array.from(begun, (at, row) => {
    const age = Math.floor(Math.log2(1 + Math.max(0, at - history.created[order[row]]) / DAY));
    const family = history.family[order[row]];
    const place = `${phase[row]}`;
    return [...(family < 0 ? [] : [`${place} ${age} ${family}`]), `${place} ${age}`, place, 'all'];
  });
  const byFinish = Array.from(begun.keys())
    .filter((row) => !Number.isNaN(ended[row]))
    .sort((one, other) => ended[one] - ended[other] || one - other);
  const answers: (Quantiles | undefined)[] = [];
  let next = 0;
  // Rows are in order of their looks: what was finished before a look is known to it.
  for (let row = 0; row < begun.length; row++) {
    for (; next < byFinish.length && ended[byFinish[next]] < begun[row]; next++) {
      for (const key of keys[byFinish[next]]) {
        let cases = groups.get(key);
        if (cases === undefined) groups.set(key, (cases = new Cases(latest)));
        cases.add(remaining[byFinish[next]]);
      }
    }
    const found = keys[row].map((key) => groups.get(key)).filter((cases) => cases !== undefined);
    answers.push((found.find(({ count }) => count >= MINIMUM_CASES) ?? found.at(-1))?.quantiles());
  }
  return answers;
}
