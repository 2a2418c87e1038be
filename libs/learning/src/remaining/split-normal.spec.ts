import { SplitNormal } from './split-normal';

describe('the distribution that three quantiles stand for', () => {
  const spread = new SplitNormal({ p10: 5, p50: 20, p90: 90 });

  it('is late by each of them with the probability that it names', () => {
    expect([5, 20, 90].map((days) => spread.probabilityAfter(days).toFixed(4))).toEqual(['0.9000', '0.5000', '0.1000']);
    expect(spread.probabilityAfter(spread.p80)).toBeCloseTo(0.2, 6);
    expect(spread.probabilityAfter(-1)).toBe(1);
  });

  it('is nearly certain where the three are one, and never divides by nothing', () => {
    const sure = new SplitNormal({ p10: 7, p50: 7, p90: 7 });
    expect([sure.probabilityAfter(6.5), sure.probabilityAfter(7.5)]).toEqual([1, expect.closeTo(0, 6)]);
    expect(sure.p80).toBeCloseTo(7, 1);
  });
});
