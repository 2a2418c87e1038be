import { SplitNormal } from './split-normal';

describe('the distribution that three quantiles stand for', () => {
  const spread = new SplitNormal({ p10: 5, p50: 20, p90: 90 });

  it('is late by each of them with the probability that it names', () => {
    expect([5, 20, 90].map((days) => spread.probabilityAfter(days).toFixed(4))).toEqual(['0.9000', '0.5000', '0.1000']);
    expect(spread.probabilityAfter(spread.p80)).toBeCloseTo(0.2, 6);
    expect([-0.5, -1, -2].map((days) => spread.probabilityAfter(days))).toEqual([1, 1, 1]);
  });

  it('is nearly certain where the three are one, and never divides by nothing', () => {
    const sure = new SplitNormal({ p10: 7, p50: 7, p90: 7 });
    expect([sure.probabilityAfter(6.5), sure.probabilityAfter(7.5)]).toEqual([1, expect.closeTo(0, 6)]);
    expect(sure.p80).toBeCloseTo(7, 1);
  });

  it('is normal in the logarithm of one more than the days, with a deviation of its own on either side', () => {
    // A middle of 3, a deviation of 1 below and of 2 above; p10 and p90 lie 1.2815516 deviations away.
    const at = (logarithm: number) => Math.expm1(logarithm);
    const uneven = new SplitNormal({ p10: at(3 - 1.2815515655), p50: at(3), p90: at(3 + 2 * 1.2815515655) });
    // Of a standard normal lie 0.8413447 below 1, 0.9772499 below 2, 0.3085375 below -0.5, 0.0013499 below -3.
    expect(uneven.probabilityAfter(at(5))).toBeCloseTo(1 - 0.8413447, 6);
    expect(uneven.probabilityAfter(at(7))).toBeCloseTo(1 - 0.9772499, 6);
    expect(uneven.probabilityAfter(at(2.5))).toBeCloseTo(1 - 0.3085375, 6);
    expect(uneven.probabilityAfter(0)).toBeCloseTo(1 - 0.0013499, 6);
    // 0.8 lie below 0.8416212 deviations.
    expect(uneven.p80).toBeCloseTo(at(3 + 2 * 0.8416212336), 6);
  });
});
