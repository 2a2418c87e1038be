import { matrixOf } from '../matrix';
import { denseSize, encodeRow, fitEncoder } from './encoder';
import { networkOutputs } from './network';

it('standardises numbers, flags what is missing and numbers frequent codes', () => {
  // Column 0: known everywhere; column 1: missing twice; column 2: code 7 ten times, code 9 twice.
  const rows = Array.from({ length: 12 }, (_, index) => [index % 2, index < 2 ? NaN : 3, index < 10 ? 7 : 9]);
  const encoder = fitEncoder(matrixOf(rows, 3), [2]);
  expect(denseSize(encoder)).toBe(3);
  const log2 = Math.log(2);
  // Mean and deviation of log1p of six zeros and six ones are both half of log 2.
  expect([encoder.numbers[0].mean, encoder.numbers[0].deviation]).toEqual([
    expect.closeTo(log2 / 2, 12),
    expect.closeTo(log2 / 2, 12),
  ]);
  const known = encodeRow(encoder, [1, 3, 7]);
  expect([...known.dense]).toEqual([expect.closeTo(1, 12), expect.closeTo(0, 12), 0]);
  expect([...known.places]).toEqual([1]);
  const strange = encodeRow(encoder, [1e9, NaN, 9]);
  expect([...strange.dense]).toEqual([5, 0, 1]);
  expect([...strange.places]).toEqual([0]);
});

it('computes layer after layer, with rectified units between them', () => {
  const encoder = {
    numbers: [{ column: 0, mean: 0, deviation: 1, canMiss: false }],
    categories: [{ column: 1, codes: [4] }],
  };
  const network = {
    encoder,
    embeddings: [{ rows: 2, columns: 1, values: Float32Array.of(10, -1) }],
    layers: [
      { weights: { rows: 2, columns: 2, values: Float32Array.of(1, -1, 2, 2) }, bias: Float32Array.of(0, 0.5) },
      { weights: { rows: 2, columns: 1, values: Float32Array.of(3, 5) }, bias: Float32Array.of(1) },
    ],
  };
  const x = Math.log1p(4);
  // Code 4: hidden (x - 2, -x - 1.5), both negative but x - 2 < 0 too: only the bias is left.
  expect(networkOutputs(network, [4, 4])[0]).toBeCloseTo(1, 6);
  // Another code: hidden (x + 20, -x + 20.5).
  expect(networkOutputs(network, [4, 5])[0]).toBeCloseTo(1 + 3 * (x + 20) + 5 * (20.5 - x), 6);
});

describe('an encoder', () => {
  const ten = (value: number) => Array<number>(10).fill(value);
  const fitted = () =>
    fitEncoder(
      matrixOf(
        // Codes 30, 5 and 12 ten times each, 8 nine times, ten not known. The number is -1 or 1 in turn, the other one NaN.
        [...ten(30), ...ten(5), ...ten(12), ...Array<number>(9).fill(8), 8.5, ...ten(NaN)].map((code, index) => [
          ...[code, index % 2 === 0 ? -1 : 1, NaN, 4],
        ]),
        4,
      ),
      [0],
    );

  it('tells codes apart of which ten rows are known, in increasing order, and no others', () => {
    const encoder = fitted();
    expect(encoder.categories).toEqual([{ column: 0, codes: [5, 12, 30] }]);
    const placeOf = (code: number) => encodeRow(encoder, [code, 0, 0, 0]).places[0];
    expect([5, 12, 30, 8, 1, 6, 29, 31, NaN].map(placeOf)).toEqual([1, 2, 3, 0, 0, 0, 0, 0, 0]);
  });

  it('takes numbers by their logarithms on either side of 0, by their mean and deviation, at most five of them', () => {
    const encoder = fitted();
    // Logarithms of 2 below and above 0, evenly: a mean of 0 and a deviation of log 2.
    expect(encoder.numbers[0]).toEqual({
      ...{ column: 1, mean: expect.closeTo(0, 12), deviation: expect.closeTo(Math.log(2), 12), canMiss: false },
    });
    const valueOf = (number: number) => encodeRow(encoder, [5, number, NaN, 4]).dense[0];
    expect([-1e9, -3, 0, 7, 1e9].map(valueOf)).toEqual([
      ...[-5, expect.closeTo(-2, 12), expect.closeTo(0, 12), expect.closeTo(3, 12), 5],
    ]);
  });

  it('reads what was never known, or was always the same, without dividing by nothing', () => {
    const encoder = fitted();
    expect(encoder.numbers.slice(1)).toEqual([
      { column: 2, mean: 0, deviation: 1, canMiss: true },
      // The mean of fifty logarithms of 5 is off by rounding, which is no deviation.
      { column: 3, mean: expect.closeTo(Math.log(5), 12), deviation: 1, canMiss: false },
    ]);
    expect(denseSize(encoder)).toBe(4);
    // The mark that it is missing follows the number that may miss; one that never did is as its mean.
    expect([...encodeRow(encoder, [5, NaN, NaN, 4]).dense]).toEqual([0, 0, 1, expect.closeTo(0, 12)]);
    expect([...encodeRow(encoder, [5, NaN, Math.E - 1, Math.expm1(2 + Math.log(5))]).dense]).toEqual([
      ...[0, expect.closeTo(1, 12), 0, expect.closeTo(2, 12)],
    ]);
  });
});

it('sets the vectors of all codes side by side behind the numbers', () => {
  const network = {
    encoder: {
      numbers: [{ column: 2, mean: 0, deviation: 1, canMiss: false }],
      categories: [
        { column: 0, codes: [4, 6] },
        { column: 1, codes: [9] },
      ],
    },
    embeddings: [
      { rows: 3, columns: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6) },
      { rows: 2, columns: 1, values: Float32Array.of(7, 8) },
    ],
    // One layer, which is the last: each output is one of the inputs, and nothing is cut at 0.
    layers: [
      {
        weights: { rows: 4, columns: 4, values: Float32Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? -1 : 0)) },
        bias: new Float32Array(4),
      },
    ],
  };
  const inputs = (row: number[]) => Array.from(networkOutputs(network, row), (output) => -output || 0);
  expect(inputs([6, 9, 0])).toEqual([0, 5, 6, 8]);
  expect(inputs([4, 1, 0])).toEqual([0, 3, 4, 7]);
  expect(inputs([1, 9, Math.expm1(3)])).toEqual([expect.closeTo(3, 12), 1, 2, 8]);
});
