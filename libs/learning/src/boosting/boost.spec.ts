import { matrixOf } from '../matrix';
import { Draws } from '../draws';
import { boost, BOOST_SETTINGS, boostedValue } from './boost';

const SETTINGS = { ...BOOST_SETTINGS, rounds: 120, rate: 0.1, minimumRows: 10 };

function noisy(count: number) {
  const random = new Draws(9);
  const rows = Array.from({ length: count }, () => [
    random.uniform() * 10,
    random.uniform() < 0.1 ? NaN : random.uniform(),
  ]);
  // A step at 5, plus a noise uniform in [0, 10).
  const targets = Float64Array.from(rows, ([place]) => (place > 5 ? 100 : 20) + 10 * random.uniform());
  return { data: matrixOf(rows, 2), targets };
}

it('finds the quantile of each side of a step', () => {
  const { data, targets } = noisy(2000);
  for (const share of [0.1, 0.5, 0.9]) {
    const trees = boost(data, targets, [0, 1], { kind: 'pinball', share }, SETTINGS);
    // The quantile of the noise on either side, within four tenths of its width.
    expect(Math.abs(boostedValue(trees, [2, 0.5]) - (20 + 10 * share))).toBeLessThan(4);
    expect(Math.abs(boostedValue(trees, [8, NaN]) - (100 + 10 * share))).toBeLessThan(4);
  }
});

it('finds the odds of each side, and never looks at a column that it may not', () => {
  const random = new Draws(2);
  const rows = Array.from({ length: 2000 }, () => [random.uniform(), random.uniform()]);
  const targets = Float64Array.from(rows, ([place]) => Number(random.uniform() < (place > 0.5 ? 0.8 : 0.2)));
  const trees = boost(matrixOf(rows, 2), targets, [0], { kind: 'logistic' }, SETTINGS);
  const probability = (row: number[]) => 1 / (1 + Math.exp(-boostedValue(trees, row)));
  expect(probability([0.9, 0])).toBeGreaterThan(0.7);
  expect(probability([0.1, 0])).toBeLessThan(0.3);
  expect(trees.trees.flatMap((tree) => tree.feature).filter((feature) => feature === 1)).toEqual([]);
});

it('learns from what is not known, too', () => {
  const random = new Draws(4);
  const rows = Array.from({ length: 500 }, (_, index) => [index % 2 === 0 ? NaN : random.uniform()]);
  const targets = Float64Array.from(rows, ([place]) => (Number.isNaN(place) ? 50 : 10));
  const trees = boost(
    matrixOf(rows, 1),
    targets,
    [0],
    { kind: 'pinball', share: 0.5 },
    { ...SETTINGS, featureShare: 1 },
  );
  expect(boostedValue(trees, [NaN]) - boostedValue(trees, [0.5])).toBeGreaterThan(30);
});

it('gives the same trees for the same seed, and others for another', () => {
  const { data, targets } = noisy(300);
  const grown = (seed: number) => boost(data, targets, [0, 1], { kind: 'pinball', share: 0.5 }, { ...SETTINGS, seed });
  expect(grown(1)).toEqual(grown(1));
  expect(grown(1)).not.toEqual(grown(2));
});
