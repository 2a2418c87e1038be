import { type EncodedRow, type Encoder, encodeRow } from './encoder';

/** A table of weights, row after row. */
export interface Weights {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** A layer: inputs × weights + bias. */
export interface Layer {
  readonly weights: Weights;
  readonly bias: Float32Array;
}

/**
 * A feed-forward network: a vector of each category's code, side by side with the numbers, through layers with rectified
 * units to the last one, which is linear.
 */
export interface Network {
  readonly encoder: Encoder;
  /** A row per place, the first of which stands for codes that were not learned. */
  readonly embeddings: readonly Weights[];
  readonly layers: readonly Layer[];
}

/** The outputs of the last layer for one row. */
export function networkOutputs(network: Network, row: ArrayLike<number>): Float64Array {
  let present = inputsOf(network, encodeRow(network.encoder, row));
  network.layers.forEach(({ weights, bias }, index) => {
    const next = Float64Array.from(bias);
    for (let input = 0; input < weights.rows; input++) {
      const value = present[input];
      if (value === 0) continue;
      const offset = input * weights.columns;
      for (let output = 0; output < weights.columns; output++) next[output] += value * weights.values[offset + output];
    }
    const isLast = index === network.layers.length - 1;
    present = isLast ? next : next.map((value) => Math.max(0, value));
  });
  return present;
}

function inputsOf({ embeddings }: Network, { dense, places }: EncodedRow): Float64Array {
  const size = embeddings.reduce((sum, { columns }) => sum + columns, dense.length);
  const inputs = new Float64Array(size);
  inputs.set(dense);
  let next = dense.length;
  embeddings.forEach(({ columns, values }, index) => {
    inputs.set(values.subarray(places[index] * columns, (places[index] + 1) * columns), next);
    next += columns;
  });
  return inputs;
}
