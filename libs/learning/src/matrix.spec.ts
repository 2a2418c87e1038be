import { matrixOf, pickRows, rowOf } from './matrix';

const some = () =>
  matrixOf(
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    2,
  );

it('holds rows one after the other', () => {
  expect(some()).toEqual({ rows: 3, columns: 2, values: Float64Array.of(1, 2, 3, 4, 5, 6) });
  expect([...rowOf(some(), 1)]).toEqual([3, 4]);
});

it('gives a row that is not copied', () => {
  const own = matrixOf([[1], [2]], 1);
  rowOf(own, 1)[0] = 9;
  expect([...own.values]).toEqual([1, 9]);
});

it('picks rows in the order given, some twice', () => {
  expect(pickRows(some(), [2, 0, 2])).toEqual({ rows: 3, columns: 2, values: Float64Array.of(5, 6, 1, 2, 5, 6) });
});

it('refuses rows that differ in length, and says which', () => {
  expect(() => matrixOf([[1, 2], [3]], 2)).toThrow(RangeError);
  expect(() => matrixOf([[1, 2], [3]], 2)).toThrow('row 1');
  expect(() => matrixOf([[1, 2, 3]], 2)).toThrow(RangeError);
});
