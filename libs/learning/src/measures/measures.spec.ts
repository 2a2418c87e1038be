import fc from 'fast-check';
import { areaUnderCurve, measureClassification, reliability } from './classification';
import { measureRegression, pinballLoss } from './regression';

const at = (p50: number) => ({ p10: p50 - 1, p50, p90: p50 + 1 });

describe('measures of durations', () => {
  it('are those worked out by hand', () => {
    // Errors: 2 - 1 = 1, 5 - 8 = -3, 4 - 4 = 0.
    const found = measureRegression([at(2), at(5), at(4)], [1, 8, 4]);
    expect(found.rows).toBe(3);
    expect(found.mae).toBeCloseTo(4 / 3, 12);
    expect(found.bias).toBeCloseTo(-2 / 3, 12);
    // 1/1, 3/8 and 0/4.
    expect(found.mape).toBeCloseTo((1 + 0.375 + 0) / 3, 12);
    // Sizes 0, 1, 3: 90 % lie at place 1.8 of 0..2, that is 1 + 0.8 · 2.
    expect(found.p90Error).toBeCloseTo(2.6, 12);
    // 1 lies in [1, 3], 8 not in [4, 6], 4 in [3, 5].
    expect(found.coverage).toBeCloseTo(2 / 3, 12);
    expect(found.width).toBe(2);
  });

  it('leave targets below one day out of the relative error', () => {
    expect(measureRegression([at(2), at(2)], [0.5, 1]).mape).toBe(1);
  });

  it('weigh what was missed by the share of the quantile', () => {
    expect(pinballLoss(10, 14, 0.9)).toBeCloseTo(3.6, 12);
    expect(pinballLoss(14, 10, 0.9)).toBeCloseTo(0.4, 12);
  });

  it('refuse rows without a partner', () => {
    expect(() => measureRegression([at(1)], [])).toThrow('1 predictions for 0 targets');
  });
});

describe('measures of probabilities', () => {
  it('are those worked out by hand', () => {
    const found = measureClassification([0.9, 0.4, 0.6, 0.2], [1, 1, 0, 0]);
    // Of the four pairs of a row with and one without, (0.9, 0.6), (0.9, 0.2) and (0.4, 0.2) are in order.
    expect(found.auc).toBe(0.75);
    // (0.01 + 0.36 + 0.36 + 0.04) / 4.
    expect(found.brier).toBeCloseTo(0.1925, 12);
    expect([found.rate, found.predicted]).toEqual([0.5, 0.525]);
  });

  it('count a tie as half, and know no curve where all rows are alike', () => {
    expect(areaUnderCurve([0.5, 0.5], [1, 0])).toBe(0.5);
    expect(areaUnderCurve([0.5, 0.6], [1, 1])).toBeNaN();
  });

  it('put the certain 1 into the last tenth', () => {
    expect(reliability([1, 0.95, 0.05], [1, 0, 0])).toEqual([
      { from: 0, to: 0.1, rows: 1, predicted: 0.05, observed: 0 },
      { from: 0.9, to: 1, rows: 2, predicted: 0.975, observed: 0.5 },
    ]);
  });

  it('give the same area for any scores in the same order', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 2,
    });
    fc.assert(
      fc.property(rows, (pairs) => {
        const scores = pairs.map(([score]) => score);
        const outcomes = pairs.map(([, outcome]) => outcome);
        const stretched = scores.map((score) => Math.exp(score / 10));
        expect(areaUnderCurve(stretched, outcomes)).toEqual(areaUnderCurve(scores, outcomes));
      }),
    );
  });
});
