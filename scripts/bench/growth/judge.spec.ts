import { costs, judge, judgeMonths, latencies } from './judge';
import type { GrowthPoint } from './measure';
import { extrapolate, factoriesUntil, limits, requestsPerSecond } from './on-paper';
import { QUERIES } from './queries';

interface Wanted {
  factor: number;
  loadSeconds: number;
  p95?: Record<string, number>;
  faults?: string[];
}

/** A point whose figures grow with the rows, but for those that are wanted. */
function point({ factor, loadSeconds, p95 = {}, faults = [] }: Wanted): GrowthPoint {
  const load = { extracted: 1000 * factor, seconds: loadSeconds, nodeBytes: 1e8, serverBytes: 1e8 };
  const driven = (name: string): [string, object] => [name, { p95: p95[name] ?? 10, requestsPerSecond: 100 }];
  return {
    factor,
    fileBytes: 1e6 * factor,
    cells: 8000 * factor,
    load,
    changedLoad: load,
    followUp: { reading: factor, backtest: factor },
    refresh: { wholeSeconds: factor, changedSeconds: factor, forecastSeconds: factor },
    sizes: {
      databaseBytes: 1e8 * factor,
      schemaBytes: new Map([
        ['core', factor],
        ['analytics', factor],
      ]),
    },
    queries: new Map(QUERIES.map(({ endpoint }) => driven(endpoint))),
    plans: [{ endpoint: 'kpis_overview_365', isPrepared: true, executionMs: 3, faults }],
  } as unknown as GrowthPoint;
}

const linear = [1, 3, 10].map((factor) => point({ factor, loadSeconds: 2 * factor }));

describe('growth, judged', () => {
  it('reaches its targets where loads grow with the rows and answers not at all', () => {
    expect(judge(linear).map(({ isReached }) => isReached)).toEqual([true, true, true, true]);
    const load = costs(linear).find(({ name }) => name === 'first load');
    expect(load?.exponent).toBeCloseTo(1, 9);
    expect(latencies(linear).every(({ exponent }) => Math.abs(exponent) < 1e-9)).toBe(true);
  });

  it('names a load that grows with the square, an answer that grows with the rows, one too slow, and a plan at fault', () => {
    const points = [1, 10].map((factor) =>
      point({ factor, loadSeconds: factor ** 2, p95: { order: 40 * factor }, faults: ['40 months for its window'] }),
    );
    expect(judge(points).map(({ found }) => found)).toEqual([
      'not first load 2.00; load with 1 % of the phases changed 2.00',
      'not order 1.00',
      'not order 400 ms',
      'not kpis_overview_365: 40 months for its window',
    ]);
  });

  it('does not judge what was left out of the larger sizes, and names what should be known and is not', () => {
    const without = linear.map((one, i): GrowthPoint =>
      i === 0 ? one : { ...one, changedLoad: undefined, followUp: { ...one.followUp, backtest: NaN } },
    );
    expect(judge(without)[0]).toMatchObject({ isReached: true });
    expect(limits(without).map(({ what }) => what)).not.toContainEqual(expect.stringContaining('load of changes'));
    const broken = linear.map((one) => ({ ...one, sizes: { ...one.sizes, databaseBytes: NaN } }));
    expect(judge(broken)[0]).toMatchObject({ isReached: false, found: 'not database NaN' });
  });

  it('tells by months alone whether an answer reads beyond its window, at any size', () => {
    const reading = (months: number): GrowthPoint[] =>
      linear.map((one) => {
        const plan = { ...one.plans[0], endpoint: 'kpis_by_phase_30', allowedMonths: 4, faults: ['sequential scan'] };
        return {
          ...one,
          plans: [
            { ...plan, months: 0 },
            { ...plan, isPrepared: false, months },
          ],
        };
      });
    expect(judgeMonths(reading(4))).toMatchObject({ isReached: true });
    expect(judgeMonths(reading(5).slice(0, 1))).toMatchObject({
      isReached: false,
      found: 'not kpis_by_phase_30: 5 months',
    });
    // Where no month was seen nothing is shown, at each size.
    const [small, ...others] = reading(4);
    expect(judgeMonths([...others, ...reading(0).slice(0, 1)])).toMatchObject({
      isReached: false,
      found: 'not a single month seen at 1 x',
    });
    expect(judgeMonths([...others, { ...small, plans: [] }])).toMatchObject({ isReached: false });
    expect(judgeMonths([])).toMatchObject({ isReached: false });
  });

  it('lets answers about all history grow as long as they keep their limit', () => {
    const points = [1, 10].map((factor) => point({ factor, loadSeconds: factor, p95: { gelcoat: 5 * factor } }));
    expect(judge(points).every(({ isReached }) => isReached)).toBe(true);
  });
});

describe('growth, on paper', () => {
  it('goes on along the line of the two largest, and by the exponent where that is above 1', () => {
    const fixed = [1, 3, 10].map((factor) => point({ factor, loadSeconds: 5 + factor }));
    const seriesOf = (points: readonly GrowthPoint[]): ReturnType<typeof costs>[number] =>
      costs(points).find(({ name }) => name === 'first load')!;
    expect(extrapolate(fixed, seriesOf(fixed), 2)).toBeCloseTo(7, 9);
    expect(extrapolate(fixed, seriesOf(fixed), 100)).toBeCloseTo(105, 9);
    const square = [1, 10].map((factor) => point({ factor, loadSeconds: factor ** 2 }));
    expect(extrapolate(square, seriesOf(square), 100)).toBeCloseTo(10_000, 6);
    expect(factoriesUntil(fixed, seriesOf(fixed), 1005) / 1000).toBeCloseTo(1, 2);
  });

  it('lists what ends, the nearest first', () => {
    // 300 ms over 3 ms a factory; 1 GiB over 1 MB; 250 million over 8,000 cells; 100 answers a second over 2;
    // the square root of the 28,800 s of a night over 1 s, for the backtest and for the forecasts.
    const found = limits(linear).map(({ what, factories }) => [what.split(' ')[0], Math.round(factories)]);
    expect(found.slice(0, 5)).toEqual([
      ['readers', 50],
      ['`kpis_overview_365`', 100],
      ['the', 170],
      ['the', 170],
      ['the', 1074],
    ]);
    expect(requestsPerSecond(linear[0])).toBeCloseTo(100, 9);
  });
});
