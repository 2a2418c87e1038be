import type { DriveFigures } from './drive';
import type { Endpoint } from './endpoints';
import { judge, verdictOf } from './targets';

const ENDPOINT: Endpoint = { name: 'x', route: '/x', path: () => '/x', sloMs: 300 };

function figures(requestsPerSecond: number, p95 = 10): DriveFigures {
  return { p50: 5, p95, p99: 20, requestsPerSecond };
}

function judged(more: Partial<Parameters<typeof judge>[0]>) {
  return judge({
    endpoint: ENDPOINT,
    sqlMs: 1,
    bare: figures(1500),
    cacheOff: figures(1000),
    cacheOn: figures(2000),
    ...more,
  });
}

describe('the targets of one endpoint', () => {
  it('are reached at the bound: 1500 bare requests for 1000 of ours are 1.5 times', () => {
    expect(judged({})).toMatchObject({ overhead: 1.5, cacheGain: 2, isQuick: true, isLean: true });
    expect(verdictOf(judged({}))).toBe('reached');
  });

  it('want the p95 under a fifth of the SLO: 60 of 300 ms is no longer under it', () => {
    expect(judged({ cacheOff: figures(1000, 59.9) }).isQuick).toBe(true);
    expect(verdictOf(judged({ cacheOff: figures(1000, 60) }))).toBe('MISSED: p95');
  });

  it('miss the overhead above 1.5 times', () => {
    expect(verdictOf(judged({ bare: figures(1501) }))).toBe('MISSED: overhead');
  });

  it('ask the cache for ten times only where the statements take over 5 ms', () => {
    expect(judged({ sqlMs: 5 }).isCacheWorth).toBeUndefined();
    expect(judged({ sqlMs: 5.1, cacheOn: figures(10_000) }).isCacheWorth).toBe(true);
    expect(verdictOf(judged({ sqlMs: 5.1, cacheOn: figures(9_999) }))).toBe('MISSED: cache');
  });

  it('name everything that was missed', () => {
    const all = judged({ bare: figures(4000), cacheOff: figures(1000, 90), sqlMs: 9 });
    expect(verdictOf(all)).toBe('MISSED: p95, overhead, cache');
  });
});
