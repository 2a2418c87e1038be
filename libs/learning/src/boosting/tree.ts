import { type Binned, BINS, MISSING_BIN } from './bins';

/** A decision tree in flat arrays; node 0 is the root. */
export interface Tree {
  /** The feature a node asks for; -1 for a leaf. */
  readonly feature: number[];
  /** Left when the value is not above it. */
  readonly threshold: number[];
  /** 1: what is not known goes left. */
  readonly missingLeft: number[];
  readonly left: number[];
  readonly right: number[];
  /** What a leaf adds to the prediction. */
  readonly value: number[];
}

export interface TreeSettings {
  readonly leaves: number;
  /** Rows that a leaf must hold. */
  readonly minimumRows: number;
  /** Added to the sum of the second derivatives. */
  readonly ridge: number;
}

/** A tree that is grown, with the rows that ended in each leaf. */
export interface GrownTree {
  readonly tree: Tree;
  readonly leafRows: ReadonlyMap<number, Int32Array>;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
}

interface Leaf {
  readonly node: number;
  readonly rows: Int32Array;
  readonly split?: Split;
}

/** The value that a row ends with. */
export function valueOf(tree: Tree, row: ArrayLike<number>): number {
  let node = 0;
  while (tree.feature[node] >= 0) {
    const value = row[tree.feature[node]];
    const goesLeft = Number.isNaN(value) ? tree.missingLeft[node] === 1 : value <= tree.threshold[node];
    node = goesLeft ? tree.left[node] : tree.right[node];
  }
  return tree.value[node];
}

/**
 * Grows a tree leaf by leaf, always at the split that lowers the loss most, from histograms of the derivatives.
 *
 * @param rows those that the tree sees
 * @param features those that it may ask for
 * @param first second  derivatives of the loss by row; the value of a leaf is -sum(first) / (sum(second) + ridge)
 */
export function growTree(
  data: Binned,
  rows: Int32Array,
  features: Int32Array,
  first: Float64Array,
  second: Float64Array,
  settings: TreeSettings,
): GrownTree {
  const tree: Tree = { feature: [], threshold: [], missingLeft: [], left: [], right: [], value: [] };
  const add = (leafRows: Int32Array): Leaf => {
    const node = tree.feature.length;
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.missingLeft.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.value.push(leafValue(leafRows, first, second, settings.ridge));
    return { node, rows: leafRows, split: bestSplit(data, leafRows, features, first, second, settings) };
  };
  const leaves = [add(rows)];
  while (leaves.length < settings.leaves) {
    let best = -1;
    for (const [index, { split }] of leaves.entries()) {
      if (split !== undefined && (best < 0 || split.gain > (leaves[best].split?.gain ?? 0))) best = index;
    }
    if (best < 0) break;
    const { node, rows: held, split } = leaves[best];
    if (split === undefined) break;
    const [leftRows, rightRows] = partition(data, held, split);
    const left = add(leftRows);
    const right = add(rightRows);
    tree.feature[node] = split.feature;
    tree.threshold[node] = data.bounds[split.feature][split.bin];
    tree.missingLeft[node] = Number(split.missingLeft);
    tree.left[node] = left.node;
    tree.right[node] = right.node;
    leaves.splice(best, 1, left, right);
  }
  return { tree, leafRows: new Map(leaves.map((leaf) => [leaf.node, leaf.rows])) };
}

function leafValue(rows: Int32Array, first: Float64Array, second: Float64Array, ridge: number): number {
  let gradient = 0;
  let curvature = ridge;
  for (const row of rows) {
    gradient += first[row];
    curvature += second[row];
  }
  return -gradient / curvature;
}

function bestSplit(
  data: Binned,
  rows: Int32Array,
  features: Int32Array,
  first: Float64Array,
  second: Float64Array,
  { minimumRows, ridge }: TreeSettings,
): Split | undefined {
  if (rows.length < 2 * minimumRows) return undefined;
  const sums = new Float64Array(BINS);
  const curvatures = new Float64Array(BINS);
  const counts = new Int32Array(BINS);
  let best: Split | undefined;
  for (const feature of features) {
    sums.fill(0);
    curvatures.fill(0);
    counts.fill(0);
    const offset = feature * data.rows;
    let total = 0;
    let curvature = 0;
    for (const row of rows) {
      const bin = data.bins[offset + row];
      sums[bin] += first[row];
      curvatures[bin] += second[row];
      counts[bin]++;
    }
    for (let bin = 0; bin < BINS; bin++) {
      total += sums[bin];
      curvature += curvatures[bin];
    }
    const without = (total * total) / (curvature + ridge);
    for (const missingLeft of counts[MISSING_BIN] > 0 ? [true, false] : [false]) {
      let left = missingLeft ? sums[MISSING_BIN] : 0;
      let leftCurvature = missingLeft ? curvatures[MISSING_BIN] : 0;
      let leftCount = missingLeft ? counts[MISSING_BIN] : 0;
      for (let bin = 0; bin < data.bounds[feature].length; bin++) {
        left += sums[bin];
        leftCurvature += curvatures[bin];
        leftCount += counts[bin];
        if (leftCount < minimumRows) continue;
        if (rows.length - leftCount < minimumRows) break;
        const right = total - left;
        const gain =
          (left * left) / (leftCurvature + ridge) + (right * right) / (curvature - leftCurvature + ridge) - without;
        if (gain > 1e-12 && gain > (best?.gain ?? 0)) best = { gain, feature, bin, missingLeft };
      }
    }
  }
  return best;
}

function partition(data: Binned, rows: Int32Array, { feature, bin, missingLeft }: Split): [Int32Array, Int32Array] {
  const left = new Int32Array(rows.length);
  const right = new Int32Array(rows.length);
  let leftCount = 0;
  let rightCount = 0;
  for (const row of rows) {
    const own = data.bins[feature * data.rows + row];
    if (own === MISSING_BIN ? missingLeft : own <= bin) left[leftCount++] = row;
    else right[rightCount++] = row;
  }
  return [left.slice(0, leftCount), right.slice(0, rightCount)];
}
