/** Where the past is cut; seconds since 1970. */
export interface Cuts {
  /** Training: outcomes known before it. */
  readonly trainBefore: number;
  /** Validation: outcomes known from trainBefore to before it. */
  readonly validationBefore: number;
  /** Test: begun within [testFrom, testBefore) and with an outcome; testFrom is not before validationBefore. */
  readonly testFrom: number;
  readonly testBefore: number;
}

/** Indices of rows, in the order given. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
  /** Rows begun before a cut whose outcome came after it: used on neither side. */
  readonly gap: number;
}

/**
 * Splits by time. What a model learns from, and what it is chosen and calibrated by, was all known when the test began;
 * a row that had begun and not ended at that cut belongs to no part.
 *
 * @param begun when each row's features were taken
 * @param ended when its outcome was known; NaN: not yet
 * @throws RangeError when the cuts are out of order
 */
export function splitByTime(begun: ArrayLike<number>, ended: ArrayLike<number>, cuts: Cuts): Split {
  const { trainBefore, validationBefore, testFrom, testBefore } = cuts;
  if (!(trainBefore <= validationBefore && validationBefore <= testFrom && testFrom <= testBefore)) {
    throw new RangeError('The cuts of training, validation and test must come in this order.');
  }
  const train: number[] = [];
  const validation: number[] = [];
  const test: number[] = [];
  let gap = 0;
  for (let row = 0; row < begun.length; row++) {
    if (Number.isNaN(ended[row])) continue;
    if (ended[row] < trainBefore) train.push(row);
    else if (ended[row] < validationBefore) validation.push(row);
    else if (begun[row] >= testFrom) {
      if (begun[row] < testBefore) test.push(row);
    } else gap++;
  }
  return { train: Int32Array.from(train), validation: Int32Array.from(validation), test: Int32Array.from(test), gap };
}
