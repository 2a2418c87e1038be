import { matrixOf, rowOf } from '../matrix';
import { Draws } from '../draws';
import { slowQuantile } from '../testing/slow-past';
import { binned } from './bins';
import { boost, BOOST_SETTINGS, type BoostedTrees, boostedValue } from './boost';
import { growTree, type Tree } from './tree';

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

describe('each round', () => {
  const draws = new Draws(6);
  const data = matrixOf(
    Array.from({ length: 60 }, () => [draws.uniform(), draws.uniform() < 0.2 ? NaN : draws.below(4)]),
    2,
  );
  const settings = { ...SETTINGS, rounds: 4, leaves: 3, minimumRows: 5, rowShare: 1, featureShare: 1, rate: 0.3 };
  /** The leaf that a row ends in. */
  const leafOf = (tree: Tree, row: Float64Array, node = 0): number => {
    if (tree.feature[node] < 0) return node;
    const value = row[tree.feature[node]];
    const isLeft = Number.isNaN(value) ? tree.missingLeft[node] === 1 : value <= tree.threshold[node];
    return leafOf(tree, row, isLeft ? tree.left[node] : tree.right[node]);
  };
  /** Asks what each leaf of each round holds, and what was left of the targets before. */
  const walk = (
    { base, trees }: BoostedTrees,
    each: (present: number[], tree: Tree, leaf: number, rows: number[]) => void,
  ) => {
    const all = Array.from({ length: data.rows }, (_, row) => row);
    let present = all.map(() => base);
    for (const tree of trees) {
      const leaves = all.map((row) => leafOf(tree, rowOf(data, row)));
      for (const leaf of new Set(leaves)) {
        each(
          present,
          tree,
          leaf,
          all.filter((row) => leaves[row] === leaf),
        );
      }
      present = present.map((value, row) => value + tree.value[leaves[row]]);
    }
    all.forEach((row) => expect(boostedValue({ base, trees }, rowOf(data, row))).toBeCloseTo(present[row], 12));
  };

  it('adds a share of the quantile of what is left in a leaf, beginning with that of all', () => {
    const targets = Float64Array.from({ length: 60 }, (_, row) => 10 * draws.uniform() + 20 * data.values[2 * row]);
    const share = 0.8;
    const trees = boost(data, targets, [0, 1], { kind: 'pinball', share }, settings);
    expect(trees.base).toBeCloseTo(slowQuantile([...targets], share), 12);
    expect(trees.trees.length).toBe(4);
    walk(trees, (present, tree, leaf, rows) => {
      const left = rows.map((row) => targets[row] - present[row]);
      expect(tree.value[leaf]).toBeCloseTo(0.3 * slowQuantile(left, share), 12);
    });
    // The slope of the loss: -0.8 where the target lies above, 0.2 where it does not.
    const slope = targets.map((target) => (target > trees.base ? -0.8 : 1 - 0.8));
    const rows = Int32Array.from(targets.keys());
    const ones = new Float64Array(60).fill(1);
    const { tree } = growTree(binned(data), rows, Int32Array.of(0, 1), slope, ones, settings);
    expect({ ...trees.trees[0], value: [] }).toEqual({ ...tree, value: [] });
  });

  it('adds a share of the step that lowers the logarithmic loss, beginning with the odds of all', () => {
    const targets = Float64Array.from({ length: 60 }, (_, row) => Number(draws.uniform() < data.values[2 * row]));
    const trees = boost(data, targets, [0, 1], { kind: 'logistic' }, settings);
    const ones = targets.filter((target) => target === 1).length;
    expect(trees.base).toBeCloseTo(Math.log((ones + 0.5) / (60 - ones + 0.5)), 12);
    walk(trees, (present, tree, leaf, rows) => {
      const chances = rows.map((row) => 1 / (1 + Math.exp(-present[row])));
      const slope = chances.reduce((sum, chance, index) => sum + chance - targets[rows[index]], 0);
      const bend = chances.reduce((sum, chance) => sum + chance * (1 - chance), 0);
      expect(tree.value[leaf]).toBeCloseTo((-0.3 * slope) / (bend + settings.ridge), 12);
    });
  });

  it('sees a share of the rows, one at least', () => {
    const three = matrixOf([[1], [2], [3]], 1);
    const targets = Float64Array.of(1, 2, 10);
    const added = (rowShare: number, seed: number) =>
      boost(
        three,
        targets,
        [0],
        { kind: 'pinball', share: 0.5 },
        { ...settings, ...{ rounds: 1, rate: 1, rowShare, seed } },
      ).trees[0].value[0];
    const tried = (rowShare: number) => new Set(Array.from({ length: 30 }, (_, seed) => added(rowShare, seed)));
    // The median is 2: a row by itself is 1 below, on it or 8 above; of two the mean is.
    for (const share of [0, 1 / 3]) expect(tried(share)).toEqual(new Set([-1, 0, 8]));
    expect(tried(2 / 3)).toEqual(new Set([-0.5, 3.5, 4]));
    expect(tried(1)).toEqual(new Set([0]));
  });

  it('may ask for a share of the columns, one at least', () => {
    const wide = matrixOf(
      Array.from({ length: 60 }, () => [1, 2, 3, 4, 5].map(() => draws.uniform())),
      5,
    );
    const targets = Float64Array.from({ length: 60 }, () => draws.uniform());
    const asked = (featureShare: number) => {
      const { trees } = boost(
        wide,
        targets,
        [1, 2, 3, 4],
        { kind: 'pinball', share: 0.5 },
        { ...settings, rounds: 60, featureShare },
      );
      return trees.map(({ feature }) => [...new Set(feature.filter((each) => each >= 0))]);
    };
    for (const [share, most] of [
      [0, 1],
      [0.25, 1],
      [0.5, 2],
    ]) {
      const found = asked(share);
      expect(Math.max(...found.map((features) => features.length))).toBe(most);
      expect(new Set(found.flat())).toEqual(new Set([1, 2, 3, 4]));
    }
  });
});

it('is never quite certain: rows that are all alike have odds, and no step is endless', () => {
  const data = matrixOf([[1], [2], [3]], 1);
  const { base } = boost(data, Float64Array.of(1, 1, 1), [0], { kind: 'logistic' }, { ...SETTINGS, rounds: 0 });
  // Half a case on either side: 3.5 to 0.5.
  expect(base).toBeCloseTo(Math.log(7), 12);
});

describe('all rounds together', () => {
  it('find the quantile of each side of a step', () => {
    const { data, targets } = noisy(800);
    for (const share of [0.1, 0.5, 0.9]) {
      const trees = boost(data, targets, [0, 1], { kind: 'pinball', share }, SETTINGS);
      // The quantile of the noise on either side, within four tenths of its width.
      expect(Math.abs(boostedValue(trees, [2, 0.5]) - (20 + 10 * share))).toBeLessThan(4);
      expect(Math.abs(boostedValue(trees, [8, NaN]) - (100 + 10 * share))).toBeLessThan(4);
    }
  });

  it('find the odds of each side, and never look at a column that they may not', () => {
    const random = new Draws(2);
    const rows = Array.from({ length: 800 }, () => [random.uniform(), random.uniform()]);
    const targets = Float64Array.from(rows, ([place]) => Number(random.uniform() < (place > 0.5 ? 0.8 : 0.2)));
    const trees = boost(matrixOf(rows, 2), targets, [0], { kind: 'logistic' }, SETTINGS);
    const probability = (row: number[]) => 1 / (1 + Math.exp(-boostedValue(trees, row)));
    expect(probability([0.9, 0])).toBeGreaterThan(0.7);
    expect(probability([0.1, 0])).toBeLessThan(0.3);
    expect(trees.trees.flatMap((tree) => tree.feature).filter((feature) => feature === 1)).toEqual([]);
  });

  it('learn from what is not known, too', () => {
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

  it('are the same trees for the same seed, and others for another', () => {
    const { data, targets } = noisy(300);
    const grown = (seed: number) =>
      boost(data, targets, [0, 1], { kind: 'pinball', share: 0.5 }, { ...SETTINGS, seed });
    expect(grown(1)).toEqual(grown(1));
    expect(grown(1)).not.toEqual(grown(2));
  });
});
