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

  it('does not count what drowns in the weight of the others', () => {
    // 1e17 + 1 is 1e17: once the first is gone nothing seems left, and yet one more ends.
    const drowned = curve([
      [10, true, 1e17],
      [20, true, 1],
    ]);
    expect([drowned.quantile(0.5), drowned.quantile(1), drowned.probabilityAfter(10)]).toEqual([10, 10, 0]);
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

  it('of cases that came under watch late counts each from there on', () => {
    // At 10 two are at risk (the third comes at 15), one ends: 1/2 is left. At 20 two, one ends: 1/4. At 30 the last one.
    const late = SurvivalCurve.ofEntered([
      { from: 0, until: 10, ended: true },
      { from: 15, until: 30, ended: true },
      { from: 0, until: 20, ended: true },
    ]);
    expect([10, 20, 30].map((seconds) => late.probabilityAfter(seconds))).toEqual([0.5, 0.25, 0]);
    expect([0.5, 0.75, 0.8].map((share) => late.quantile(share))).toEqual([10, 20, 30]);
  });

  it('never counts a case that came and went at one time, nor one that came as another ended', () => {
    const cases = [
      { from: 0, until: 10, ended: true },
      { from: 0, until: 30, ended: true },
      { from: 5, until: 5, ended: true },
      { from: 10, until: 40, ended: true },
    ];
    // At 10 two are at risk, at 30 two, at 40 one.
    const seen = SurvivalCurve.ofEntered(cases);
    expect([10, 30, 40].map((seconds) => seen.probabilityAfter(seconds))).toEqual([0.5, 0.25, 0]);
    expect(cases.map(({ until }) => until)).toEqual([10, 30, 5, 40]);
  });

  it('takes as long as the last one was seen at least for what was never seen to end', () => {
    const never = SurvivalCurve.ofEntered([
      { from: 0, until: 10, ended: true },
      { from: 0, until: 99, ended: false },
      { from: 20, until: 70, ended: false },
    ]);
    expect([0.5, 0.51, 1].map((share) => never.quantile(share))).toEqual([10, 99, 99]);
    expect([98, 99].map((seconds) => never.probabilityAfter(seconds))).toEqual([0.5, 0]);
  });

  it('is the same whether all were watched from their beginning or a beginning was not asked for', () => {
    fc.assert(
      fc.property(cases, (some) => {
        const alike = [...some.map(([until, ended]) => [until, ended, 1] as const), [1001, true, 1] as const];
        const entered = SurvivalCurve.ofEntered(alike.map(([until, ended]) => ({ from: 0, until, ended })));
        for (const at of [1, 100, 499, 500, 1000]) {
          expect(entered.probabilityAfter(at)).toBeCloseTo(curve(alike).probabilityAfter(at), 9);
        }
      }),
    );
  });
});
