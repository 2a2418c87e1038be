import * as tf from '@tensorflow/tfjs';
import {
  denseSize,
  encodeRow,
  fitEncoder,
  type Matrix,
  type Network,
  Draws,
  rowOf,
  type Weights,
} from '@libs/learning';

/** What a network learns: p10, p50 and p90 of the logarithm of a duration at once, or the log odds of an event. */
export type NetworkTask = 'quantiles' | 'odds';

export interface NetworkSettings {
  /** Units of the hidden layers. */
  readonly hidden: readonly number[];
  readonly epochs: number;
  readonly batch: number;
  /** Of the first step; it falls to nothing along a half cosine. */
  readonly learningRate: number;
  /** Share of the weights that each step takes away, times the learning rate. */
  readonly weightDecay: number;
  readonly seed: number;
}

export const NETWORK_SETTINGS: NetworkSettings = {
  hidden: [32, 16],
  epochs: 10,
  batch: 256,
  learningRate: 0.003,
  weightDecay: 3,
  seed: 1,
};

const OUTPUTS: Readonly<Record<NetworkTask, number>> = { quantiles: 3, odds: 1 };
/** How many rows of each embedding a code gets, by the order of the categories. */
const EMBEDDING_SIZES = [8, 6, 4, 4];

/** The variables of a network while it learns, in the order of Network. */
interface Variables {
  readonly embeddings: tf.Variable[];
  readonly weights: tf.Variable[];
  readonly biases: tf.Variable[];
}

/**
 * Trains a network with Adam on whatever backend TensorFlow.js runs on. The first weights, and the order of the rows,
 * come from the seed: the same rows, settings and backend give the same weights.
 *
 * @param targets logarithms of one more than the durations, or 0 and 1
 * @param onEpoch told the share of the work that is done, 0..1
 */
export async function trainNetwork(
  data: Matrix,
  targets: Float64Array,
  categories: readonly number[],
  task: NetworkTask,
  settings: NetworkSettings,
  onEpoch: (done: number) => Promise<void> = () => Promise.resolve(),
): Promise<Network> {
  const random = new Draws(settings.seed);
  const encoder = fitEncoder(data, categories);
  const sizes = encoder.categories.map(({ codes }, index) => [codes.length + 1, EMBEDDING_SIZES[index] ?? 4] as const);
  const inputs = sizes.reduce((sum, [, columns]) => sum + columns, denseSize(encoder));
  const units = [inputs, ...settings.hidden, OUTPUTS[task]];
  const first = firstOutputs(targets, task);
  const variables: Variables = {
    embeddings: sizes.map(([rows, columns]) => tf.variable(normal(random, rows, columns, 0.1))),
    // He's initialisation for rectified units; the last layer begins near the answer that knows no features.
    weights: units.slice(1).map((outputs, layer) => {
      const scale = layer === units.length - 2 ? 0.01 : Math.sqrt(2 / units[layer]);
      return tf.variable(normal(random, units[layer], outputs, scale));
    }),
    biases: units.slice(1).map((outputs, layer) => {
      return tf.variable(layer === units.length - 2 ? tf.tensor1d(first) : tf.zeros([outputs]));
    }),
  };
  const optimizer = tf.train.adam(settings.learningRate);
  const rows = Array.from({ length: data.rows }, (_, row) => encodeRow(encoder, rowOf(data, row)));
  const denseColumns = denseSize(encoder);
  const steps = Math.ceil(data.rows / settings.batch);
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    const order = random.permutation(data.rows);
    for (let step = 0; step < steps; step++) {
      const picked = order.subarray(step * settings.batch, (step + 1) * settings.batch);
      const done = (epoch * steps + step) / (settings.epochs * steps);
      const rate = settings.learningRate * 0.5 * (1 + Math.cos(Math.PI * done));
      (optimizer as unknown as { learningRate: number }).learningRate = rate;
      const dense = new Float32Array(picked.length * denseColumns);
      picked.forEach((row, index) => dense.set(rows[row].dense, index * denseColumns));
      tf.tidy(() => {
        const wanted = tf.tensor1d(Float32Array.from(picked, (row) => targets[row]));
        const input = tf.tensor2d(dense, [picked.length, denseColumns]);
        // A one-hot row times the table is the row of the table: the WASM backend has no gradient for a look-up.
        const hot = sizes.map(([places], index) =>
          tf
            .oneHot(
              tf.tensor1d(
                Int32Array.from(picked, (row) => rows[row].places[index]),
                'int32',
              ),
              places,
            )
            .toFloat(),
        );
        optimizer.minimize(() => lossOf(task, outputsOf(variables, input, hot as tf.Tensor2D[]), wanted));
      });
      decay(variables, 1 - rate * settings.weightDecay);
    }
    await onEpoch((epoch + 1) / settings.epochs);
  }
  const trained: Network = {
    encoder,
    embeddings: await Promise.all(variables.embeddings.map(weightsOf)),
    layers: await Promise.all(
      variables.weights.map(async (weights, layer) => ({
        weights: await weightsOf(weights),
        bias: Float32Array.from(await variables.biases[layer].data()),
      })),
    ),
  };
  tf.dispose([...variables.embeddings, ...variables.weights, ...variables.biases]);
  optimizer.dispose();
  return trained;
}

function outputsOf(
  { embeddings, weights, biases }: Variables,
  dense: tf.Tensor2D,
  hot: readonly tf.Tensor2D[],
): tf.Tensor2D {
  const looked = hot.map((one, index) => tf.matMul<tf.Tensor2D>(one, embeddings[index] as tf.Tensor2D));
  let present: tf.Tensor2D = tf.concat([dense, ...looked], 1);
  weights.forEach((weight, layer) => {
    const next: tf.Tensor2D = tf.matMul(present, weight as tf.Tensor2D).add(biases[layer]);
    present = layer === weights.length - 1 ? next : next.relu();
  });
  return present;
}

/** The mean pinball loss of p10, p50 and p90, whose ends lie on either side of p50 by construction; or the log loss. */
function lossOf(task: NetworkTask, outputs: tf.Tensor2D, wanted: tf.Tensor1D): tf.Scalar {
  if (task === 'odds') return tf.losses.sigmoidCrossEntropy(wanted.expandDims(1), outputs).asScalar();
  const [middle, below, above] = tf.unstack(outputs, 1);
  const ends: [tf.Tensor, number][] = [
    [tf.sub(middle, tf.softplus(below)), 0.1],
    [middle, 0.5],
    [tf.add(middle, tf.softplus(above)), 0.9],
  ];
  const losses = ends.map(([quantile, share]) => {
    const error = tf.sub(wanted, quantile);
    return tf.mean(tf.maximum(tf.mul(error, share), tf.mul(error, share - 1)));
  });
  return tf.addN(losses).asScalar();
}

function decay({ weights, embeddings }: Variables, kept: number): void {
  for (const variable of [...weights, ...embeddings]) tf.tidy(() => variable.assign(tf.mul(variable, kept)));
}

/** The last layer's first bias: the quantiles of all targets, or the log odds. */
function firstOutputs(targets: Float64Array, task: NetworkTask): number[] {
  const sorted = targets.slice().sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))];
  if (task === 'odds') {
    const rate = targets.reduce((sum, target) => sum + target, 0) / targets.length;
    return [Math.log((rate + 1e-3) / (1 - rate + 1e-3))];
  }
  return [at(0.5), softplusInverse(at(0.5) - at(0.1)), softplusInverse(at(0.9) - at(0.5))];
}

function softplusInverse(value: number): number {
  return Math.log(Math.expm1(Math.max(value, 0.01)));
}

function normal(random: Draws, rows: number, columns: number, scale: number): tf.Tensor2D {
  const values = Float32Array.from({ length: rows * columns }, () => scale * random.normal());
  return tf.tensor2d(values, [rows, columns]);
}

async function weightsOf(variable: tf.Variable): Promise<Weights> {
  const [rows, columns] = variable.shape;
  return { rows, columns, values: Float32Array.from(await variable.data()) };
}
