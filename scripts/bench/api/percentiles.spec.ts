import fc from 'fast-check';
import { latenciesOf } from './percentiles';

describe('latenciesOf', () => {
  it('interpolates between the two nearest latencies, whatever their order', () => {
    // Sorted 10, 20, 30, 40, 50: p50 stands at place 0.5 * 4 = 2, p95 at 3.8, p99 at 3.96.
    const { p50, p95, p99 } = latenciesOf([50, 10, 40, 20, 30]);
    expect(p50).toBe(30);
    expect(p95).toBeCloseTo(40 + 0.8 * 10, 9);
    expect(p99).toBeCloseTo(40 + 0.96 * 10, 9);
  });

  it('sorts as numbers: 9 comes before 10', () => expect(latenciesOf([10, 9, 100]).p50).toBe(10));

  it('of one answer is that answer', () => expect(latenciesOf([7])).toEqual({ p50: 7, p95: 7, p99: 7 }));

  it('never falls from one percentile to the next, nor leaves what was measured', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1 }), (all) => {
        const { p50, p95, p99 } = latenciesOf(all);
        expect([p50, p95, p99]).toEqual([p50, p95, p99].sort((a, b) => a - b));
        expect(p50).toBeGreaterThanOrEqual(Math.min(...all));
        expect(p99).toBeLessThanOrEqual(Math.max(...all));
      }),
    );
  });

  it('refuses to make figures of nothing', () => expect(() => latenciesOf([])).toThrow(RangeError));
});
