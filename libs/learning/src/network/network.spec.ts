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
