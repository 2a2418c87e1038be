import fc from 'fast-check';
import { matrixOf, rowOf, type Matrix } from '../matrix';
import { Draws } from '../draws';
import { permutationImportance } from './permutation-importance';
import { shapley } from './shapley';

const applied = (of: (row: Float64Array) => number) => (rows: Matrix) =>
  Float64Array.from({ length: rows.rows }, (_, row) => of(rowOf(rows, row)));

const value = fc.double({ min: -100, max: 100, noNaN: true });
const row = fc.array(value, { minLength: 4, maxLength: 4 });

it('adds up to the prediction minus the base, for any function', () => {
  const tangled = ([a, b, c, d]: Float64Array) => a * b + Math.abs(c) * Math.sin(d) - (a > c ? 10 : 0);
  fc.assert(
    fc.property(row, fc.array(row, { minLength: 1, maxLength: 10 }), fc.integer(), (explained, others, seed) => {
      const background = matrixOf(others, 4);
      const { prediction, base, contributions } = shapley(applied(tangled), explained, background, seed);
      const sum = contributions.reduce((total, each) => total + each, 0);
      expect(Math.abs(base + sum - prediction)).toBeLessThan(1e-8 * (1 + Math.abs(prediction) + Math.abs(base)));
      expect(prediction).toBeCloseTo(tangled(Float64Array.from(explained)), 8);
    }),
  );
});

it('credits each term of a sum with its own difference from the background', () => {
  const background = matrixOf(
    [
      [0, 0],
      [2, 4],
    ],
    2,
  );
  const { contributions, base } = shapley(
    applied(([a, b]) => 3 * a - b),
    [5, 5],
    background,
    1,
  );
  // Means of the background are 1 and 2: 3 · (5 - 1) and -(5 - 2).
  expect([...contributions]).toEqual([12, -3]);
  expect(base).toBe(1);
});

it('gives a feature that nothing depends on nothing, and the same for the same seed', () => {
  const predict = applied(([a, b]) => a * b);
  const background = matrixOf(
    [
      [1, 2, 3],
      [3, 2, 1],
      [0, 1, 0],
    ],
    3,
  );
  const first = shapley(predict, [4, 5, 6], background, 11);
  expect(first.contributions[2]).toBe(0);
  expect(shapley(predict, [4, 5, 6], background, 11)).toEqual(first);
});

it('finds a feature important when shuffling it hurts, and no other', () => {
  const random = new Draws(5);
  const data = matrixOf(
    Array.from({ length: 200 }, () => [random.normal(), random.normal()]),
    2,
  );
  const targets = Float64Array.from({ length: 200 }, (_, index) => data.values[2 * index]);
  const loss = (found: Float64Array) =>
    found.reduce((sum, each, index) => sum + Math.abs(each - targets[index]), 0) / 200;
  const [used, unused] = permutationImportance(
    applied(([a]) => a),
    loss,
    data,
    8,
    1,
  );
  // The mean distance of two independent standard normals is 2 / √π = 1.128.
  expect(used.mean).toBeGreaterThan(0.9);
  expect(used.low).toBeLessThanOrEqual(used.mean);
  expect(used.high).toBeGreaterThanOrEqual(used.mean);
  expect(unused).toEqual({ feature: 1, mean: 0, low: 0, high: 0 });
});
