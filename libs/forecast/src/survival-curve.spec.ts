import fc from 'fast-check';
import { SurvivalCurve } from './survival-curve';

const curve = (cases: readonly (readonly [seconds: number, ended: boolean, weight: number])[]): SurvivalCurve => {
  const sorted = [...cases].sort((a, b) => a[0] - b[0] || Number(b[1]) - Number(a[1]));
  return SurvivalCurve.of(
    Float64Array.from(sorted, ([seconds]) => seconds),
    Uint8Array.from(sorted, ([, ended]) => Number(ended)),
    Float64Array.from(sorted, ([, , weight]) => weight),
  );
};

const cases = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.boolean(), fc.constantFrom(0, 0.5, 1, 8)), { maxLength: 60 })
  .map((some) => [...some, [500, true, 1] as const]);

describe('a survival curve', () => {
  it('of orders that were all finished is their distribution', () => {
    const four = curve([
      [10, true, 1],
      [20, true, 1],
      [30, true, 1],
      [40, true, 1],
    ]);
    expect([0.25, 0.5, 0.8, 1].map((share) => four.quantile(share))).toEqual([10, 20, 40, 40]);
    expect([9, 10, 25, 40].map((seconds) => four.probabilityAfter(seconds))).toEqual([1, 0.75, 0.5, 0]);
  });

  it('uses what was not finished as far as it was watched', () => {
    // Two at risk at 10, one of them ends: 1/2. The one left unseen at 20 is out: at 30 one is at risk and ends.
    // With a third, watched until 20 only: 1/3 by 10; at 30 one of one: all.
    const watched = curve([
      [10, true, 1],
      [20, false, 1],
      [30, true, 1],
    ]);
    expect(watched.probabilityAfter(10)).toBeCloseTo(2 / 3, 12);
    expect(watched.quantile(0.5)).toBe(30);
  });

  it('is of what happens, given that it does', () => {
    // Half of them ended at 10, the others were never seen to: the half that ended ended at 10.
    const half = curve([
      [10, true, 1],
      [99, false, 1],
    ]);
    expect([half.quantile(0.5), half.quantile(0.8), half.probabilityAfter(10)]).toEqual([10, 10, 0]);
  });

  it('counts a case by its weight', () => {
    // 3 of 4 parts by 10, the last by 20.
    const weighted = curve([
      [10, true, 3],
      [20, true, 1],
    ]);
    expect([weighted.quantile(0.75), weighted.quantile(0.76), weighted.probabilityAfter(10)]).toEqual([10, 20, 0.25]);
  });

  it('never lets a larger share happen earlier, and agrees with itself on the half', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0.01, max: 1, noNaN: true }), fc.nat(1200), (some, share, seconds) => {
        const any = curve(some);
        expect(any.quantile(share)).toBeLessThanOrEqual(any.quantile(1));
        expect(any.quantile(share / 2)).toBeLessThanOrEqual(any.quantile(share));
        expect(any.probabilityAfter(seconds)).toBeLessThanOrEqual(any.probabilityAfter(seconds / 2));
        const late = any.probabilityAfter(seconds);
        fc.pre(Math.abs(late - 0.5) > 1e-8);
        expect(any.quantile(0.5) > seconds).toBe(late > 0.5);
      }),
    );
  });

  it('does not change when all weights are doubled', () => {
    fc.assert(
      fc.property(cases, (some) => {
        const doubled = curve(some.map(([seconds, ended, weight]) => [seconds, ended, weight * 2] as const));
        expect(doubled.quantile(0.8)).toBe(curve(some).quantile(0.8));
      }),
    );
  });
});
