import type { Matrix } from '../matrix';
import { quantileSorted } from '../quantile';

/** Bins of a feature, at most; the one after them is for 'not known'. */
const MOST_BINS = 63;

/** A matrix with each value replaced by the number of its bin, column after column. */
export interface Binned {
  readonly rows: number;
  readonly columns: number;
  readonly bins: Uint8Array;
  /** Per column: the upper bounds of all bins but the last, increasing. Value <= bound belongs to the bin. */
  readonly bounds: readonly Float64Array[];
}

/** The bin of what is not known. */
export const MISSING_BIN = MOST_BINS + 1;
/** Bins of a histogram. */
export const BINS = MISSING_BIN + 1;

/** Cuts every column into bins of about equally many rows; equal values share a bin. */
export function binned(matrix: Matrix): Binned {
  const { rows, columns, values } = matrix;
  const bins = new Uint8Array(rows * columns);
  const bounds: Float64Array[] = [];
  const column = new Float64Array(rows);
  for (let feature = 0; feature < columns; feature++) {
    for (let row = 0; row < rows; row++) column[row] = values[row * columns + feature];
    const own = boundsOf(column);
    bounds.push(own);
    for (let row = 0; row < rows; row++) {
      bins[feature * rows + row] = Number.isNaN(column[row]) ? MISSING_BIN : binOf(own, column[row]);
    }
  }
  return { rows, columns, bins, bounds };
}

function boundsOf(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const found = new Set<number>();
  for (let cut = 1; cut <= MOST_BINS; cut++) found.add(quantileSorted(sorted, cut / (MOST_BINS + 1)));
  found.delete(NaN);
  return Float64Array.from(found).sort();
}

function binOf(bounds: Float64Array, value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
