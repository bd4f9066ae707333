import type { BinnedRows } from './bins.ts';

/**
 * One grown tree over bins. Node 0 is the root; a child that is a leaf is written as -1 - leaf. A tree of one leaf
 * has no nodes.
 */
export interface Tree {
  readonly feature: number[];
  /** Numeric: last bin that goes left; -1 where the node splits by `leftBins`. */
  readonly bin: number[];
  /** Bin of missing values of the node's feature, or -1. */
  readonly missingBin: number[];
  readonly missingLeft: boolean[];
  readonly leftBins: Int32Array[];
  readonly left: number[];
  readonly right: number[];
  readonly gain: number[];
  readonly rows: number[];
  /** Learning rate included. */
  readonly leafValue: number[];
  readonly leafRows: number[];
}

export function emptyTree(): Tree {
  return {
    feature: [],
    bin: [],
    missingBin: [],
    missingLeft: [],
    leftBins: [],
    left: [],
    right: [],
    gain: [],
    rows: [],
    leafValue: [],
    leafRows: [],
  };
}

/** Whether ascending `values` from `start` up to `end` hold `wanted`. */
export function holds(values: Int32Array | Float64Array, start: number, end: number, wanted: number): boolean {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low < end && values[low] === wanted;
}

/** Whether a row with this bin goes left at a node. */
export function goesLeft(tree: Tree, node: number, code: number): boolean {
  if (tree.bin[node] < 0) return holds(tree.leftBins[node], 0, tree.leftBins[node].length, code);
  if (code === tree.missingBin[node]) return tree.missingLeft[node];
  return code <= tree.bin[node];
}

/** The leaf that a binned row falls into. */
function leafOf(tree: Tree, binned: BinnedRows, row: number): number {
  if (tree.feature.length === 0) return 0;
  const at = row * binned.features;
  let node = 0;
  while (node >= 0) {
    node = goesLeft(tree, node, binned.codes[at + tree.feature[node]]) ? tree.left[node] : tree.right[node];
  }
  return -1 - node;
}

/** scores[row] += value of its leaf, for every binned row. */
export function addTreeInto(scores: Float64Array, tree: Tree, binned: BinnedRows): void {
  for (let row = 0; row < binned.rows; row++) scores[row] += tree.leafValue[leafOf(tree, binned, row)];
}
