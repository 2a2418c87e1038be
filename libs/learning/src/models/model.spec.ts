import type { Network } from '../network/network';
import { logOddsOf, medianOf, type Model, networkQuantiles, quantilesOf, treeQuantiles } from './model';

/** A network that answers the same numbers for any row. */
const saying = (...outputs: number[]): Network => ({
  encoder: { numbers: [], categories: [] },
  embeddings: [],
  layers: [
    { weights: { rows: 0, columns: outputs.length, values: new Float32Array() }, bias: Float32Array.from(outputs) },
  ],
});
const trees = (...values: number[]) => values.map((base) => ({ base, trees: [] }));

describe('the quantiles of a network', () => {
  it('are a middle in logarithms of one more than the days, and how far the others lie from it, never across it', () => {
    // A distance of 0 is meant by a softplus of log 2: 21 days and one more are halved and doubled.
    const { p10, p50, p90 } = networkQuantiles(saying(Math.log(22), 0, 0), []);
    expect([p10, p50, p90].map((days) => days.toFixed(3))).toEqual(['10.000', '21.000', '43.000']);
    // log(1 + e) below and log(1 + 1/e) above.
    const uneven = networkQuantiles(saying(Math.log(100), 1, -1), []);
    expect(uneven.p10).toBeCloseTo(100 / (1 + Math.E) - 1, 3);
    expect(uneven.p90).toBeCloseTo(100 * (1 + 1 / Math.E) - 1, 3);
    const sure = networkQuantiles(saying(Math.log(100), -60, -60), []);
    expect([sure.p10, sure.p50, sure.p90].map((days) => days.toFixed(3))).toEqual(['99.000', '99.000', '99.000']);
  });

  it('are no days below 0, and none that nobody means', () => {
    expect(networkQuantiles(saying(-3, 9, -60), [])).toEqual({ p10: 0, p50: 0, p90: 0 });
    const longest = Math.expm1(12);
    expect(networkQuantiles(saying(500, 100, 100), [])).toEqual({ p10: longest, p50: longest, p90: longest });
  });
});

describe('the quantiles of trees', () => {
  it('keep the ends on their sides of p50, and are no days below 0', () => {
    expect(treeQuantiles(trees(4, 30, 90), [])).toEqual({ p10: 4, p50: 30, p90: 90 });
    expect(treeQuantiles(trees(31, 30, 29), [])).toEqual({ p10: 30, p50: 30, p90: 30 });
    expect(treeQuantiles(trees(-3, -2, -1), [])).toEqual({ p10: 0, p50: 0, p90: 0 });
    expect(treeQuantiles(trees(-3, 5, 9), [])).toEqual({ p10: 0, p50: 5, p90: 9 });
  });
});

describe('a model', () => {
  const model: Model = { network: saying(Math.log(22), 0, 0), trees: trees(4, 30, 26) };

  it('answers the mean of its network and its trees', () => {
    // The network says 10, 21 and 43, the trees 4, 30 and 30.
    const { p10, p50, p90 } = quantilesOf(model, []);
    expect([p10, p50, p90].map((days) => days.toFixed(3))).toEqual(['7.000', '25.500', '36.500']);
  });

  it('says the same p50 where that is all it is asked for', () => {
    for (const each of [model, { ...model, trees: trees(-9, -8, 3) }]) {
      expect(medianOf(each, [])).toBe(quantilesOf(each, []).p50);
    }
  });

  it('answers log odds as the mean of both', () => {
    expect(logOddsOf({ network: saying(0.5), trees: trees(-1.5) }, [])).toBe(-0.5);
  });
});
