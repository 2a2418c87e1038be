import { DEFAULT_LIMITS } from '@libs/xlsx';
import { costs, limitOf, type Series } from './judge';
import type { GrowthPoint } from './measure';
import { QUERIES } from './queries';

/** A load has to be done between two working days. */
export const NIGHT_SECONDS = 8 * 3600;
/** Twenty people who open a page of six requests once a minute each. */
export const REQUESTS_PER_FACTORY = 2;
/** What a server of some size has. */
const DISK_BYTES = 1e12;
const MEMORY_BYTES = 24 * 2 ** 30;

/** Something that ends at so many factories in one database; not measured there but computed from what was. */
export interface Limit {
  what: string;
  factories: number;
  how: string;
}

/**
 * A value at so many times the workbook's rows: between the sizes that were measured, and beyond them, along the line
 * through the nearest two of them, but by the exponent where it says that growth is worse than linear.
 */
export function extrapolate(points: readonly GrowthPoint[], { values, exponent }: Series, factories: number): number {
  const known = points
    .map(({ load }, i) => ({ rows: load.extracted, value: values[i] }))
    .filter(({ value }) => !Number.isNaN(value));
  if (known.length < 2) return NaN;
  const wanted = (factories * points[0].load.extracted) / points[0].factor;
  const largest = known[known.length - 1];
  if (wanted > largest.rows && exponent > 1) return largest.value * (wanted / largest.rows) ** exponent;
  const place = known.findIndex(({ rows }) => rows >= wanted);
  const high = place < 0 ? known.length - 1 : Math.max(1, place);
  const [before, after] = [known[high - 1], known[high]];
  const slope = (after.value - before.value) / (after.rows - before.rows);
  return after.value + Math.max(0, slope) * (wanted - after.rows);
}

/** At how many factories a series that grows reaches a value, to one in a thousand; Infinity beyond a billion, NaN where it is not known. */
export function factoriesUntil(points: readonly GrowthPoint[], series: Series, value: number): number {
  let low = 0;
  let high = 1e9;
  const most = extrapolate(points, series, high);
  if (Number.isNaN(most)) return NaN;
  if (most < value) return Infinity;
  while (high - low > high / 1000) {
    const middle = (low + high) / 2;
    if (extrapolate(points, series, middle) < value) low = middle;
    else high = middle;
  }
  return high;
}

/** Answers a second of one machine, the questions asked in turn. */
export function requestsPerSecond(point: GrowthPoint): number {
  const each = [...point.queries.values()];
  return each.length / each.reduce((sum, { requestsPerSecond: rate }) => sum + 1 / rate, 0);
}

/** What ends, the nearest first, when the rows of many factories come into one database by one workbook. */
export function limits(points: readonly GrowthPoint[]): Limit[] {
  const [smallest] = points;
  const largest = points[points.length - 1];
  const series = new Map(costs(points).map((one) => [one.name, one]));
  const until = (name: string, value: number): number => factoriesUntil(points, series.get(name)!, value);
  const exponent = (name: string): string =>
    series.get(name)!.exponent > 1
      ? `rows to the power ${series.get(name)!.exponent.toFixed(2)}`
      : 'linear beyond what was measured';
  const window = slowestWindow(smallest);
  const found: Limit[] = [
    {
      what: 'the workbook passes the 1 GiB that the reader takes (`XLSX_MAX_FILE_BYTES`)',
      factories: (DEFAULT_LIMITS.fileBytes / largest.fileBytes) * largest.factor,
      how: `${(largest.fileBytes / largest.factor / 1e6).toFixed(0)} MB a factory`,
    },
    {
      what: 'its cells pass the 250 million that the reader takes (`XLSX_MAX_CELLS`)',
      factories: (DEFAULT_LIMITS.cells / largest.cells) * largest.factor,
      how: `${(largest.cells / largest.factor / 1e6).toFixed(1)} million cells a factory`,
    },
    {
      what: `\`${window.endpoint}\` passes its limit of ${limitOf(window.endpoint)} ms`,
      factories: limitOf(window.endpoint) / window.executionMs,
      how: `${window.executionMs.toFixed(1)} ms a factory in the database, linear in the rows of its window`,
    },
    {
      what: 'the backtest of forecasts takes longer than a night',
      factories: Math.sqrt(NIGHT_SECONDS / smallest.followUp.backtest),
      how: `${smallest.followUp.backtest.toFixed(0)} s a factory, by the square of the orders in work: each is compared with all`,
    },
    {
      what: 'the forecasts of a load take longer than a night',
      factories: Math.sqrt(NIGHT_SECONDS / smallest.refresh.forecastSeconds),
      how: `${smallest.refresh.forecastSeconds.toFixed(1)} s a factory, by the same square`,
    },
    {
      what: 'the first load takes longer than a night of 8 hours',
      factories: until('first load', NIGHT_SECONDS),
      how: exponent('first load'),
    },
    {
      what: 'the load of changes takes longer than a night of 8 hours',
      factories: until('load with 1 % of the phases changed', NIGHT_SECONDS),
      how: exponent('load with 1 % of the phases changed'),
    },
    {
      what: 'the database passes a disk of 1 TB, with as much again free for the tables built aside',
      factories: until('database', DISK_BYTES / 2),
      how: exponent('database'),
    },
    {
      what: 'the load passes the 24 GiB of this machine',
      factories: until('memory of the first load', MEMORY_BYTES),
      how: exponent('memory of the first load'),
    },
    {
      what: `readers ask for more than one machine of this size answers without a cache`,
      factories: requestsPerSecond(smallest) / REQUESTS_PER_FACTORY,
      how: `${requestsPerSecond(smallest).toFixed(0)} answers a second, ${REQUESTS_PER_FACTORY} a factory`,
    },
  ];
  // What was left out of the larger sizes has no line to follow.
  return found.filter(({ factories }) => !Number.isNaN(factories)).sort((a, b) => a.factories - b.factories);
}

/** Of the questions about a window the one whose statements take the largest part of its limit. */
function slowestWindow({ plans }: GrowthPoint): { endpoint: string; executionMs: number } {
  const windows = QUERIES.filter(({ reads }) => reads === 'a window').map(({ endpoint }) => endpoint);
  const share = ({ endpoint, executionMs }: { endpoint: string; executionMs: number }): number =>
    executionMs / limitOf(endpoint);
  return plans
    .filter(({ endpoint, isPrepared }) => isPrepared && windows.includes(endpoint))
    .reduce((worst, plan) => (share(plan) > share(worst) ? plan : worst));
}
