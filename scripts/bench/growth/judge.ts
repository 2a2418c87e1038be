import { ENDPOINTS } from '../api/endpoints';
import { growthExponent } from '../figures';
import type { Verdict } from '../targets';
import type { GrowthPoint, MonthsPoint } from './measure';
import { BOUNDED, QUERIES, type Query } from './queries';

/** Linear, and what a machine's measurements differ by. */
export const MAX_LINEAR = 1.1;
/** What is left of growth where the work should not grow at all: deeper indexes, more partitions to plan. */
export const MAX_BOUNDED = 0.5;

/** A figure of every point, and how it grows with the rows. */
export interface Series {
  name: string;
  unit: 's' | 'MB' | 'GB' | 'ms';
  /** in seconds, bytes or milliseconds, point by point */
  values: readonly number[];
  exponent: number;
}

type Pick = (point: GrowthPoint) => number;

const COSTS: readonly [string, Series['unit'], Pick][] = [
  ['the workbook', 'MB', ({ fileBytes }) => fileBytes],
  ['first load', 's', ({ load }) => load.seconds],
  ['load with 1 % of the phases changed', 's', ({ changedLoad }) => changedLoad?.seconds ?? NaN],
  ['tables for reading, a start contained', 's', ({ followUp }) => followUp.reading],
  ['backtest of forecasts, a start contained', 's', ({ followUp }) => followUp.backtest],
  ['forecasts in the load', 's', ({ refresh }) => refresh.forecastSeconds],
  ['aggregates from nothing', 's', ({ refresh }) => refresh.wholeSeconds],
  ['aggregates after 1 % changed', 's', ({ refresh }) => refresh.changedSeconds],
  ['database', 'GB', ({ sizes }) => sizes.databaseBytes],
  ['of it core', 'GB', ({ sizes }) => sizes.schemaBytes.get('core') ?? NaN],
  ['of it analytics', 'GB', ({ sizes }) => sizes.schemaBytes.get('analytics') ?? NaN],
  ['memory of the first load', 'MB', ({ load }) => load.nodeBytes],
  ['memory of PostgreSQL beside it', 'MB', ({ load }) => load.serverBytes],
];
/** What `--skip` leaves out beyond the smallest size. */
const OPTIONAL: readonly string[] = ['load with 1 % of the phases changed', 'backtest of forecasts, a start contained'];
const LINEAR = COSTS.map(([name]) => name).filter((name) => !name.startsWith('memory'));

/** What a load costs, by size. */
export function costs(points: readonly GrowthPoint[]): Series[] {
  return COSTS.map(([name, unit, pick]) => series(points, name, unit, pick));
}

/** The p95 of each question, by size. */
export function latencies(points: readonly GrowthPoint[]): (Series & { query: Query })[] {
  return QUERIES.map((query) => ({
    query,
    ...series(points, query.endpoint, 'ms', ({ queries }) => queries.get(query.endpoint)?.p95 ?? NaN),
  }));
}

function series(points: readonly GrowthPoint[], name: string, unit: Series['unit'], pick: Pick): Series {
  const values = points.map(pick);
  const known = points.map((point, i) => ({ x: point.load.extracted, y: values[i] })).filter(({ y }) => y > 0);
  return { name, unit, values, exponent: known.length < 2 ? NaN : growthExponent(known) };
}

const isLeftOut = (values: readonly number[]): boolean => values.slice(1).every(Number.isNaN);

/** The specification's limit of an endpoint's p95, ms. */
export function limitOf(endpoint: string): number {
  return ENDPOINTS.find(({ name }) => name === endpoint)?.sloMs ?? NaN;
}

/** Targets of growth, each with what misses it. */
export function judge(points: readonly GrowthPoint[]): Verdict[] {
  const answers = latencies(points);
  const bounded = answers.filter(({ query }) => BOUNDED.includes(query.reads));
  const largest = points[points.length - 1];
  const steep = costs(points).filter(
    ({ name, exponent, values }) =>
      LINEAR.includes(name) && !(exponent <= MAX_LINEAR) && !(OPTIONAL.includes(name) && isLeftOut(values)),
  );
  const growing = bounded.filter(({ exponent }) => !(exponent <= MAX_BOUNDED));
  const slow = answers.filter(({ name, values }) => !(values[values.length - 1] < limitOf(name)));
  const plans = points.flatMap((point) => point.plans.filter(({ faults }) => faults.length > 0));
  return [
    verdict(
      `loads, what follows them and sizes: at most rows to the power ${MAX_LINEAR}`,
      steep.map(({ name, exponent }) => `${name} ${exponent.toFixed(2)}`),
    ),
    verdict(
      `p95 of answers about a key, a page, open orders or a window: at most rows to the power ${MAX_BOUNDED}`,
      growing.map(({ name, exponent }) => `${name} ${exponent.toFixed(2)}`),
    ),
    verdict(
      `p95 of every answer at ${largest.factor} x: below the specification's limit, the cache off`,
      slow.map(({ name, values }) => `${name} ${values[values.length - 1].toFixed(0)} ms`),
    ),
    verdict('plans: no month outside a window, no large sequential scan for few rows', [
      ...new Set(plans.map(({ endpoint, faults }) => `${endpoint}: ${faults.join(', ')}`)),
    ]),
  ];
}

/**
 * The target that no other work of the machine and no size of the workbook can miss: small tables are rightly scanned.
 * Between a publish and the tables for reading some answer about a window reads months: where none does, nothing was seen.
 */
export function judgeMonths(points: readonly MonthsPoint[]): Verdict {
  const missed = points.flatMap(({ factor, plans }) => {
    const windows = plans.filter(({ allowedMonths }) => allowedMonths !== undefined);
    const isSeen = windows.some(({ isPrepared, months }) => !isPrepared && months > 0);
    const beyond = windows
      .filter(({ months, allowedMonths = 0 }) => months > allowedMonths)
      .map(({ endpoint, months }) => `${endpoint}: ${months} months`);
    return [...(isSeen ? [] : [`a single month seen at ${factor} x`]), ...beyond];
  });
  return verdict('plans: no month outside a window', points.length === 0 ? ['a single size'] : missed);
}

function verdict(target: string, missed: readonly string[]): Verdict {
  return { target, found: missed.length === 0 ? 'all' : `not ${missed.join('; ')}`, isReached: missed.length === 0 };
}
