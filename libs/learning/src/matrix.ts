/** Rows of equal length, one after the other; NaN is 'not known'. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** @throws RangeError when rows differ in length */
export function matrixOf(rows: readonly ArrayLike<number>[], columns: number): Matrix {
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, index) => {
    if (row.length !== columns) throw new RangeError(`row ${index} has ${row.length} values, not ${columns}`);
    values.set(row, index * columns);
  });
  return { rows: rows.length, columns, values };
}

/** A row, not copied. */
export function rowOf({ columns, values }: Matrix, row: number): Float64Array {
  return values.subarray(row * columns, (row + 1) * columns);
}

/** Some rows of a matrix, in the order given. */
export function pickRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const values = new Float64Array(rows.length * matrix.columns);
  for (let index = 0; index < rows.length; index++) values.set(rowOf(matrix, rows[index]), index * matrix.columns);
  return { rows: rows.length, columns: matrix.columns, values };
}
