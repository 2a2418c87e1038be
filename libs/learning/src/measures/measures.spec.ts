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

  it('count a target on either end of its interval as held', () => {
    // From 1 to 3: 0.9 and 3.1 lie outside, 1, 2 and 3 do not.
    const targets = [0.9, 1, 2, 3, 3.1];
    expect(
      measureRegression(
        targets.map(() => at(2)),
        targets,
      ).coverage,
    ).toBeCloseTo(3 / 5, 12);
  });

  it('mean the losses of all three quantiles', () => {
    // Target 10: p10 4 lies 6 below (0.6), p50 14 lies 4 above (2), p90 20 lies 10 above (1).
    expect(measureRegression([{ p10: 4, p50: 14, p90: 20 }], [10]).pinball).toBeCloseTo(3.6 / 3, 12);
    // Target 30: 26, 16 and 10 below.
    const below = 0.1 * 26 + 0.5 * 16 + 0.9 * 10;
    expect(measureRegression([{ p10: 4, p50: 14, p90: 20 }], [30]).pinball).toBeCloseTo(below / 3, 12);
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

  it('weigh by the logarithm what was given to what came, never more than to one in a million', () => {
    const found = measureClassification([0.9, 0.4, 0, 1], [1, 0, 1, 0]);
    // Given were 0.9, 0.6 and twice nothing at all.
    expect(found.logLoss).toBeCloseTo(-(Math.log(0.9) + Math.log(0.6) + 2 * Math.log(1e-6)) / 4, 9);
    expect(found.rows).toBe(4);
    expect(() => measureClassification([0.5], [1, 0])).toThrow(RangeError);
  });

  it('take for the area the share of the pairs that are in order', () => {
    const few = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1 })), { maxLength: 30 });
    fc.assert(
      fc.property(few, (pairs) => {
        const of = (outcome: number) => pairs.filter((pair) => pair[1] === outcome).map(([score]) => score);
        const points = of(1).flatMap((one) => of(0).map((zero) => (one > zero ? 1 : one === zero ? 0.5 : 0)));
        const found = areaUnderCurve(
          pairs.map(([score]) => score),
          pairs.map(([, outcome]) => outcome),
        );
        if (points.length === 0) expect(found).toBeNaN();
        else expect(found).toBeCloseTo(points.reduce<number>((sum, point) => sum + point, 0) / points.length, 12);
      }),
    );
  });

  it('put a probability on the edge of two tenths into the upper one', () => {
    // 0.5 is the only edge that a binary number meets exactly, besides 0.
    expect(reliability([0, 0.49, 0.5], [1, 0, 1]).map(({ from, rows, observed }) => [from, rows, observed])).toEqual([
      [0, 1, 1],
      [0.4, 1, 0],
      [0.5, 1, 1],
    ]);
  });

  it('know no area where a probability is no number', () => {
    const found = measureClassification([0.2, NaN, 0.7, NaN], [0, 1, 1, 0]);
    expect([found.auc, found.brier, found.logLoss]).toEqual([NaN, NaN, NaN]);
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
