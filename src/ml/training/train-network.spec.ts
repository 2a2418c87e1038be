import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { Draws, matrixOf, networkOutputs, networkQuantiles } from '@libs/learning';
import { NETWORK_SETTINGS, trainNetwork } from './train-network';

const SETTINGS = { ...NETWORK_SETTINGS, epochs: 30, batch: 64, learningRate: 0.01, weightDecay: 0 };

/** Durations that depend on a number and on a code: 10 days, 40 above 5; doubled for code 7. */
function someDurations() {
  const draws = new Draws(4);
  const rows = Array.from({ length: 600 }, (_, index) => [10 * draws.uniform(), index % 2 === 0 ? 7 : 9]);
  const days = rows.map(
    ([number, code]) => (number > 5 ? 40 : 10) * (code === 7 ? 2 : 1) * Math.exp(0.2 * draws.normal()),
  );
  return { data: matrixOf(rows, 2), targets: Float64Array.from(days, Math.log1p) };
}

beforeAll(async () => {
  await tf.setBackend('wasm');
  await tf.ready();
});

it('learns quantiles that do not cross, from numbers and codes', async () => {
  const { data, targets } = someDurations();
  const network = await trainNetwork(data, targets, [1], 'quantiles', SETTINGS);
  for (const [row, median] of [
    [[8, 7], 80],
    [[8, 9], 40],
    [[2, 9], 10],
  ] as const) {
    const { p10, p50, p90 } = networkQuantiles(network, row);
    expect(p10).toBeLessThanOrEqual(p50);
    expect(p50).toBeLessThanOrEqual(p90);
    // A small network after 30 rounds: within a third of the median.
    expect(Math.abs(Math.log(p50 / median))).toBeLessThan(0.3);
  }
}, 60_000);

it('gives the same weights for the same seed, and others for another', async () => {
  const { data, targets } = someDurations();
  const trained = (seed: number) => trainNetwork(data, targets, [1], 'quantiles', { ...SETTINGS, epochs: 2, seed });
  const first = await trained(1);
  expect(await trained(1)).toEqual(first);
  expect(await trained(2)).not.toEqual(first);
}, 60_000);

it('answers without TensorFlow what TensorFlow computes from the same weights, on any backend', async () => {
  const { data, targets } = someDurations();
  // Without a category the inputs are the numbers alone, which a plain chain of layers reproduces.
  const outcomes = targets.map((target) => Number(target > 3));
  const network = await trainNetwork(data, outcomes, [], 'odds', { ...SETTINGS, epochs: 1 });
  const row = [3, 7];
  const encoded = network.encoder.numbers.map(
    ({ column, mean, deviation }) => (Math.log1p(row[column]) - mean) / deviation,
  );
  for (const backend of ['wasm', 'cpu']) {
    await tf.setBackend(backend);
    const output = tf.tidy(() =>
      network.layers.reduce(
        (present: tf.Tensor, { weights, bias }, layer) => {
          const next = tf.add(
            tf.matMul(present, tf.tensor2d(weights.values, [weights.rows, weights.columns])),
            tf.tensor1d(bias),
          );
          return layer === network.layers.length - 1 ? next : tf.relu(next);
        },
        tf.tensor2d([encoded]),
      ),
    );
    expect((await output.data())[0]).toBeCloseTo(networkOutputs(network, row)[0], 4);
    output.dispose();
  }
  await tf.setBackend('wasm');
}, 60_000);
