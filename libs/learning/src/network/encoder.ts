import type { Matrix } from '../matrix';

/** How a network reads the rows of its features. */
export interface Encoder {
  readonly numbers: readonly EncodedNumber[];
  readonly categories: readonly EncodedCategory[];
}

/** A number: its signed logarithm, standardised by the training rows and cut at five deviations. */
export interface EncodedNumber {
  readonly column: number;
  readonly mean: number;
  readonly deviation: number;
  /** Whether the training rows had some without it: then an input of its own says so. */
  readonly canMiss: boolean;
}

/** A code: its place among those that occur often enough, 0 for all others. */
export interface EncodedCategory {
  readonly column: number;
  /** In increasing order; the place of a code is its index + 1. */
  readonly codes: readonly number[];
}

/** A row as a network takes it. */
export interface EncodedRow {
  readonly dense: Float64Array;
  /** One place per category. */
  readonly places: Int32Array;
}

/** Rows that a code must have in training to be told apart. */
const MINIMUM_ROWS = 10;
const CUT = 5;
/** Least deviation, in logarithms: what lies nearer is one value, whose mean is off by rounding. */
const LEAST_DEVIATION = 1e-9;

/** @param categories columns that hold codes; all others hold numbers */
export function fitEncoder(data: Matrix, categories: readonly number[]): Encoder {
  const numbers: EncodedNumber[] = [];
  for (let column = 0; column < data.columns; column++) {
    if (categories.includes(column)) continue;
    const known = columnOf(data, column)
      .filter((value) => !Number.isNaN(value))
      .map(signedLog);
    const mean = known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
    const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length);
    const spread = Math.sqrt(variance);
    const deviation = spread > LEAST_DEVIATION ? spread : 1;
    numbers.push({ column, mean, deviation, canMiss: known.length < data.rows });
  }
  return {
    numbers,
    categories: categories.map((column) => ({ column, codes: frequentCodes(columnOf(data, column)) })),
  };
}

/** Inputs of a network beside its categories. */
export function denseSize({ numbers }: Encoder): number {
  return numbers.length + numbers.filter(({ canMiss }) => canMiss).length;
}

/**
 * One row as the network takes it: numbers scaled and cut, a mark for each that may be missing, categories as places.
 */
export function encodeRow(encoder: Encoder, row: ArrayLike<number>): EncodedRow {
  const dense = new Float64Array(denseSize(encoder));
  let next = 0;
  for (const { column, mean, deviation, canMiss } of encoder.numbers) {
    const isMissing = Number.isNaN(row[column]);
    const value = isMissing ? 0 : (signedLog(row[column]) - mean) / deviation;
    dense[next++] = Math.max(-CUT, Math.min(CUT, value));
    if (canMiss) dense[next++] = Number(isMissing);
  }
  return { dense, places: Int32Array.from(encoder.categories, ({ column, codes }) => placeOf(codes, row[column])) };
}

function columnOf({ rows, columns, values }: Matrix, column: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => values[row * columns + column]);
}

/** Counts and durations are long-tailed on either side of 0. */
function signedLog(value: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value));
}

function frequentCodes(codes: Float64Array): number[] {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  counts.delete(NaN);
  return [...counts]
    .filter(([, count]) => count >= MINIMUM_ROWS)
    .map(([code]) => code)
    .sort((one, other) => one - other);
}

function placeOf(codes: readonly number[], code: number): number {
  let low = 0;
  let high = codes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (codes[middle] < code) low = middle + 1;
    else high = middle;
  }
  return codes[low] === code ? low + 1 : 0;
}
