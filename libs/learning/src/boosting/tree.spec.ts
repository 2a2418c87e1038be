import fc from 'fast-check';
import { Draws } from '../draws';
import { matrixOf, rowOf } from '../matrix';
import { type Binned, binned } from './bins';
import { growTree, valueOf } from './tree';

interface Case {
  readonly data: ReturnType<typeof matrixOf>;
  readonly bins: Binned;
  readonly seen: Int32Array;
  readonly features: Int32Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly settings: { readonly leaves: number; readonly minimumRows: number; readonly ridge: number };
}

/** Rows of three columns, some values not known; the last row is one that the tree does not see, the last column it may not ask for. */
const drawn = (seed: number, leaves: number): Case => {
  const draws = new Draws(seed);
  const count = 8 + draws.below(40);
  const value = () => (draws.uniform() < 0.2 ? NaN : draws.below(6) + (draws.uniform() < 0.5 ? draws.uniform() : 0));
  const data = matrixOf(
    Array.from({ length: count + 1 }, () => [value(), draws.below(5), value()]),
    3,
  );
  return {
    ...{ data, bins: binned(data), seen: Int32Array.from({ length: count }, (_, row) => row) },
    features: Int32Array.of(0, 1),
    first: Float64Array.from({ length: count + 1 }, () => draws.normal()),
    second: Float64Array.from({ length: count + 1 }, () => 0.1 + draws.uniform()),
    settings: { leaves, minimumRows: 1 + draws.below(4), ridge: draws.below(3) + 0.5 },
  };
};
const grown = ({ bins, seen, features, first, second, settings }: Case) =>
  growTree(bins, seen, features, first, second, settings);

type Rows = readonly number[];
const sum = (values: Float64Array, rows: Rows) => rows.reduce((total, row) => total + values[row], 0);
const score = ({ first, second, settings }: Case, rows: Rows) =>
  sum(first, rows) ** 2 / (sum(second, rows) + settings.ridge);

/** The best way to part some rows in two: every bound of every column, with what is not known on either side. */
function slowSplit(made: Case, rows: Rows): { gain: number; parts: [Rows, Rows] } | undefined {
  const { data, bins, features, settings } = made;
  let best: { gain: number; parts: [Rows, Rows] } | undefined;
  for (const feature of features) {
    for (const bound of bins.bounds[feature]) {
      for (const missingLeft of [true, false]) {
        const isLeft = (row: number) => {
          const value = rowOf(data, row)[feature];
          return Number.isNaN(value) ? missingLeft : value <= bound;
        };
        const parts: [Rows, Rows] = [rows.filter(isLeft), rows.filter((row) => !isLeft(row))];
        if (Math.min(...parts.map(({ length }) => length)) < settings.minimumRows) continue;
        const gain = score(made, parts[0]) + score(made, parts[1]) - score(made, rows);
        // What differs by rounding alone parts the rows alike.
        if (gain > 1e-9 && gain > (best?.gain ?? 0) + 1e-9) best = { gain, parts };
      }
    }
  }
  return best;
}

/** The leaves of a tree that always parts the leaf which gains most. */
function slowLeaves(made: Case): Rows[] {
  const leaves: Rows[] = [[...made.seen]];
  while (leaves.length < made.settings.leaves) {
    const splits = leaves.map((rows) => slowSplit(made, rows));
    const most = Math.max(...splits.map((split) => split?.gain ?? 0));
    const place = splits.findIndex((split) => split?.gain === most);
    if (place < 0) break;
    leaves.splice(place, 1, ...(splits[place]?.parts ?? []));
  }
  return leaves;
}

const sorted = (leaves: Iterable<Iterable<number>>) => [...leaves].map((rows) => [...rows].join(' ')).sort();
const seeds = fc.integer({ min: 1, max: 1_000_000 });

describe('a tree', () => {
  it.each([1, 2, 3, 7])('of %d leaves parts its rows where it lowers the loss most, leaf by leaf', (leaves) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const made = drawn(seed, leaves);
        expect(sorted(grown(made).leafRows.values())).toEqual(sorted(slowLeaves(made)));
      }),
      { numRuns: 40 },
    );
  });

  it('leads each row that it saw to its leaf, whose value is the step that lowers the loss most there', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const made = drawn(seed, 5);
        const { tree, leafRows } = grown(made);
        for (const [leaf, rows] of leafRows) {
          const held = [...rows];
          const expected = -sum(made.first, held) / (sum(made.second, held) + made.settings.ridge);
          expect(tree.value[leaf]).toBeCloseTo(expected, 12);
          expect(tree.feature[leaf]).toBe(-1);
          for (const row of held) expect(valueOf(tree, rowOf(made.data, row))).toBe(tree.value[leaf]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('stays one leaf where nothing is gained by asking, or where too few rows are there', () => {
    const made = drawn(1, 5);
    const nothing = { ...made, first: made.first.map(() => 0) };
    const few = { ...made, seen: made.seen.subarray(0, 5), settings: { ...made.settings, minimumRows: 3 } };
    for (const each of [nothing, few]) expect(grown(each).leafRows.size).toBe(1);
  });

  it('asks the first of the features that gain the same', () => {
    const twice = matrixOf(
      [0, 0, 1, 1].map((value) => [value, value]),
      2,
    );
    const first = Float64Array.of(-1, -1, 1, 1);
    const settings = { leaves: 2, minimumRows: 1, ridge: 1 };
    const all = Int32Array.of(0, 1, 2, 3);
    const { tree } = growTree(binned(twice), all, Int32Array.of(1, 0), first, new Float64Array(4).fill(1), settings);
    // Quantiles of 0, 0, 1, 1: 0 up to a third, 1 from two thirds on; the first bound parts them.
    expect([tree.feature[0], tree.threshold[0], tree.missingLeft[0]]).toEqual([1, 0, 0]);
    // Left the two at 0 with a sum of -2, right the two at 1: each 2 / (2 + ridge).
    expect([tree.left[0], tree.right[0], tree.value[1], tree.value[2]]).toEqual([1, 2, 2 / 3, -2 / 3]);
  });
});

describe('what a row ends with', () => {
  // Column 1 at most 5 or not known: 10; else column 0 at most -1: 20, above it or not known: 30.
  const tree = {
    feature: [1, -1, 0, -1, -1],
    threshold: [5, 0, -1, 0, 0],
    missingLeft: [1, 0, 0, 0, 0],
    left: [1, -1, 3, -1, -1],
    right: [2, -1, 4, -1, -1],
    value: [1, 10, 2, 20, 30],
  };

  it('is what stands in the leaf that its answers lead to', () => {
    const rows = [
      [0, 5],
      [0, NaN],
      [-1, 6],
      [0, 6],
      [NaN, 6],
    ];
    expect(rows.map((row) => valueOf(tree, row))).toEqual([10, 10, 20, 30, 30]);
  });
});
