import { createHash } from 'node:crypto';
import { datasetHash, schemaHash } from './fingerprint';
import { matrixOf } from './matrix';

const sha256 = (...parts: (string | Uint8Array)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

describe('the hash of what a model learns from', () => {
  const data = matrixOf(
    [
      [1, 2.5],
      [NaN, -3],
    ],
    2,
  );
  const targets = Float64Array.of(7, 8);

  it('is that of the names, the values and the targets, one after the other', () => {
    const numbers = Buffer.alloc(6 * 8);
    data.values.forEach((value, index) => numbers.writeDoubleLE(value, 8 * index));
    targets.forEach((value, index) => numbers.writeDoubleLE(value, 8 * (4 + index)));
    expect(datasetHash(['a', 'b'], data, targets)).toBe(sha256('["a","b"]', numbers));
  });

  it('is the same wherever in memory the numbers lie', () => {
    const moved = Float64Array.of(0, ...data.values, 0).subarray(1, 5);
    expect(datasetHash(['a', 'b'], { ...data, values: moved }, targets)).toBe(datasetHash(['a', 'b'], data, targets));
  });
});

it('tells schemas apart by twelve digits of the hash of their names', () => {
  expect(schemaHash(['a', 'b'])).toBe(sha256('["a","b"]').slice(0, 12));
});
