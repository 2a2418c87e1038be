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

it('shuffles one feature among the rows at a time, and tells the mean rise of the loss and where nine of ten lie', () => {
  const data = matrixOf(
    Array.from({ length: 7 }, (_, index) => [index, 10 + index, 20 + index]),
    3,
  );
  const given: Matrix[] = [];
  const losses = [100, ...Array.from({ length: 15 }, (_, index) => 100 + (index + 1) ** 2)];
  const found = permutationImportance(
    (rows) => {
      given.push(rows);
      return Float64Array.of(losses[given.length - 1]);
    },
    ([loss]) => loss,
    data,
    5,
    3,
  );
  expect(given.length).toBe(16);
  expect(given[0]).toEqual(data);
  const columnOf = (rows: Matrix, column: number) =>
    Array.from({ length: rows.rows }, (_, index) => rowOf(rows, index)[column]);
  given.slice(1).forEach((rows, index) => {
    for (const column of [0, 1, 2]) {
      const [before, after] = [columnOf(data, column), columnOf(rows, column)];
      // Of three features with five repetitions each: all of the values are there, in another order.
      if (column === Math.floor(index / 5)) {
        expect(after).not.toEqual(before);
        expect(after.sort((one, other) => one - other)).toEqual(before);
      } else expect(after).toEqual(before);
    }
  });
  expect(columnOf(data, 0)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  // Rises 1, 4, 9, 16, 25, then 36 … 100, then 121 … 225: their ends lie at place 0.2 and 3.8 of 0 … 4.
  expect(found).toEqual([
    { feature: 0, mean: 11, low: expect.closeTo(1.6, 9), high: expect.closeTo(23.2, 9) },
    { feature: 1, mean: 66, low: expect.closeTo(38.6, 9), high: expect.closeTo(96.2, 9) },
    { feature: 2, mean: 171, low: expect.closeTo(125.6, 9), high: expect.closeTo(219.2, 9) },
  ]);
});

it('walks every order forwards and backwards, and shares what two features do together', () => {
  // From 0 to (2, 3) the product 6 comes with whichever is set last: forwards one, backwards the other.
  const { contributions, base, prediction } = shapley(
    applied(([a, b]) => a * b),
    [2, 3],
    matrixOf([[0, 0]], 2),
    9,
  );
  expect([...contributions, base, prediction]).toEqual([3, 3, 0, 6]);
});

it('refuses to explain without anything to compare with', () => {
  expect(() =>
    shapley(
      applied(([a]) => a),
      [1],
      matrixOf([], 1),
      1,
    ),
  ).toThrow(RangeError);
});
