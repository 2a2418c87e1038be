import { format } from 'prettier';
import { table } from '../markdown';
import { costs, judge, judgeMonths, latencies, limitOf, type Series } from './judge';
import type { GrowthPoint, MonthsPoint } from './measure';
import { extrapolate, limits, NIGHT_SECONDS, REQUESTS_PER_FACTORY, requestsPerSecond } from './on-paper';
import type { PlanReach } from './plans';
import { SHIFT_DAYS } from './older-orders';

export interface GrowthResults {
  machine: string;
  /** whether others worked on it */
  isShared: boolean;
  /** ISO date of the run */
  date: string;
  /** such as `The workbook, 37.0 MB` */
  data: string;
  connections: number;
  seconds: number;
  runs: number;
  points: readonly GrowthPoint[];
}

const FACTORIES = [1, 10, 100, 1000] as const;

/** All results as one Markdown text, and whether every target was reached. */
export async function renderGrowth(results: GrowthResults): Promise<{ text: string; isReached: boolean }> {
  const { machine, isShared, date, data, connections, seconds, runs, points } = results;
  const verdicts = judge(points);
  const isReached = verdicts.every((verdict) => verdict.isReached);
  const sections = [
    '# Growth',
    `${date}, written by \`npm run bench:growth\`; [README.md](README.md#measuring-growth) says what is measured, and what is not.`,
    `Machine: ${machine}.${isShared ? ' Others worked on it before and meanwhile: seconds and latencies are higher and less even than on a quiet one.' : ''}`,
    `${data}, and workbooks with so many times its orders, each copy ${SHIFT_DAYS} days older than the one before.`,
    '## Targets',
    table(
      ['target', 'found', 'verdict'],
      verdicts.map(({ target, found, isReached: one }) => [target, found ?? '-', one ? 'reached' : 'MISSED']),
    ),
    '## The data',
    dataTable(points),
    '## What a load costs',
    seriesTable(points, costs(points), 'what'),
    `First loads and loads of changes once each, the start of Node contained; the aggregates are medians of ${runs} runs. Sizes are those after the first load and what follows it.`,
    '## Answers, p95 in ms',
    answersTable(points),
    `The cache off, ${connections} connections, ${seconds} s each; the exponent is by least squares on the logarithms of rows and p95.`,
    '## Months that bulk reads touch',
    plansTable(points),
    'Months of phases that were read, of all partitions, by EXPLAIN (ANALYZE). Prepared: the tables for reading are of the published version; unprepared: between a publish and their making, when answers read core. What is not listed reads no phase.',
    '## On paper',
    paperTable(points),
    `Computed, not measured: a factory is the workbook's rows (1 x), all in one database; beyond what was measured a line goes on through the two largest, or the exponent where it is above 1. Nights are of ${NIGHT_SECONDS / 3600} hours.`,
    table(
      ['what ends, the nearest first', 'at so many factories', 'by'],
      limits(points).map(({ what, factories, how }) => [what, rounded(factories), how]),
    ),
    ownDatabases(points),
    `**${isReached ? 'All targets reached' : 'Targets MISSED'}.**`,
  ];
  return { text: await format(sections.join('\n\n'), { parser: 'markdown', printWidth: 120 }), isReached };
}

/** The months that each size read, as Markdown, and whether none lay outside its window. */
export function renderMonths(points: readonly MonthsPoint[]): { text: string; isReached: boolean } {
  const { target, found, isReached = false } = judgeMonths(points);
  const verdict = `${target}: ${found ?? '-'}. **${isReached ? 'Target reached' : 'Target MISSED'}.**`;
  return { text: `${plansTable(points)}\n\n${verdict}`, isReached };
}

function dataTable(points: readonly GrowthPoint[]): string {
  const row = (name: string, pick: (point: GrowthPoint) => string): string[] => [name, ...points.map(pick)];
  return table(
    ['', ...factors(points)],
    [
      row('rows', ({ load }) => count(load.extracted)),
      row('orders', ({ sizes }) => count(sizes.orders)),
      row('years of orders', ({ sizes }) => sizes.years.toFixed(1)),
      row('phases', ({ sizes }) => count(sizes.phases)),
      row('ended in the last 30 days', ({ sizes }) => count(sizes.phases30)),
      row('ended in the last 365 days', ({ sizes }) => count(sizes.phases365)),
      row('open orders', ({ sizes }) => count(sizes.openOrders)),
    ],
  );
}

function seriesTable(points: readonly GrowthPoint[], all: readonly Series[], first: string): string {
  return table(
    [first, ...factors(points), 'exponent'],
    all.map((one) => [
      `${one.name}, ${one.unit}`,
      ...one.values.map((value) => inUnit(value, one.unit)),
      Number.isNaN(one.exponent) ? '-' : one.exponent.toFixed(2),
    ]),
  );
}

function answersTable(points: readonly GrowthPoint[]): string {
  return table(
    ['answer', 'about', ...factors(points), 'exponent', 'limit'],
    latencies(points).map(({ name, query, values, exponent }) => [
      name,
      query.reads,
      ...values.map((value) => value.toFixed(1)),
      exponent.toFixed(2),
      String(limitOf(name)),
    ]),
  );
}

function plansTable(points: readonly MonthsPoint[]): string {
  const key = ({ endpoint, isPrepared }: PlanReach): string => `${endpoint}${isPrepared ? '' : ', unprepared'}`;
  const touching = points.flatMap(({ plans }) => plans).filter(({ months }) => months > 0);
  const names = [...new Set(touching.map(key))].sort();
  return table(
    ['answer', ...factors(points), 'allowed'],
    names.map((name) => {
      const reaches = points.map(({ plans }) => plans.find((plan) => key(plan) === name));
      const allowed = reaches.find((reach) => reach?.allowedMonths !== undefined)?.allowedMonths;
      return [
        name,
        ...reaches.map((reach) => (reach ? `${reach.months} of ${reach.allMonths}` : '-')),
        allowed === undefined ? '-' : String(allowed),
      ];
    }),
  );
}

function paperTable(points: readonly GrowthPoint[]): string {
  const [smallest] = points;
  const shown = costs(points).filter(({ name }) => !name.startsWith('of it') && !name.startsWith('what follows'));
  const rows = (factories: number): number => (factories * smallest.load.extracted) / smallest.factor;
  return table(
    ['factories', ...FACTORIES.map(count)],
    [
      ['rows, millions', ...FACTORIES.map((factories) => rounded(rows(factories) / 1e6))],
      ...shown.map((one) => [
        `${one.name}, ${one.unit}`,
        ...FACTORIES.map((factories) => inUnit(extrapolate(points, one, factories), one.unit)),
      ]),
    ],
  );
}

/** A thousand factories, each in a database of its own: nothing grows but the number of them. */
function ownDatabases(points: readonly GrowthPoint[]): string {
  const [one] = points;
  const thousand = 1000 / one.factor;
  const loadSeconds = one.changedLoad?.seconds ?? NaN;
  const nights = (thousand * loadSeconds) / NIGHT_SECONDS;
  const rate = requestsPerSecond(one);
  return (
    `A thousand factories with a database each, from the smallest workbook: ${((thousand * one.sizes.databaseBytes) / 1e12).toFixed(1)} TB; ` +
    `their loads of changes one after the other ${((thousand * loadSeconds) / 3600).toFixed(1)} hours, which is ${Math.ceil(nights)} ` +
    `${Math.ceil(nights) === 1 ? 'machine' : 'machines'} like this one for a night; ${count(1000 * REQUESTS_PER_FACTORY)} answers a second without a cache are those of ` +
    `${Math.ceil((1000 * REQUESTS_PER_FACTORY) / rate)} machines at ${rate.toFixed(0)} a second.`
  );
}

function factors(points: readonly MonthsPoint[]): string[] {
  return points.map(({ factor }) => `${factor} x`);
}

function inUnit(value: number, unit: Series['unit']): string {
  if (Number.isNaN(value)) return '-';
  const scaled = { s: value, ms: value, MB: value / 1e6, GB: value / 1e9 }[unit];
  return scaled >= 100 ? count(Math.round(scaled)) : scaled.toFixed(scaled >= 10 ? 1 : 2);
}

function rounded(value: number): string {
  return Number.isFinite(value) ? count(Number(value.toPrecision(2))) : 'never';
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
