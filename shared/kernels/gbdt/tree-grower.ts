import type { BinMap, BinnedRows } from './bins.ts';
import { searchCategorical } from './categorical-split.ts';
import { histogramInto, STATISTICS, subtractHistogram } from './histogram.ts';
import { searchNumeric } from './numeric-split.ts';
import { leafValue, noSplit } from './split.ts';
import type { Split, SplitSettings } from './split.ts';
import { emptyTree, goesLeft } from './tree.ts';
import type { Tree } from './tree.ts';

/** How far one tree grows. */
export interface GrowthSettings extends SplitSettings {
  /** Most leaves of a tree. */
  readonly leaves: number;
  /** Most splits from the root to a leaf; 0 for no limit. */
  readonly depth: number;
}

interface Leaf {
  /** Its rows: from `start` up to `end` in the grower's row list. */
  start: number;
  end: number;
  gradient: number;
  hessian: number;
  readonly rows: number;
  depth: number;
  /** Where it hangs: 2 * node for a left child, 2 * node + 1 for a right one, -1 at the root. */
  place: number;
  histogram: Float64Array;
  /** 1 for features that may still be split on: not those that gained nothing at the parent, as in LightGBM. */
  readonly open: Uint8Array;
  split: Split;
  l2: number;
}

/** Grows trees best leaf first; keeps its buffers from tree to tree. */
export class TreeGrower {
  private readonly map: BinMap;
  private readonly binned: BinnedRows;
  private readonly settings: GrowthSettings;
  private readonly rows: Int32Array;
  private readonly right: Int32Array;
  /** 1 for bins that go left at the node being split. */
  private readonly goes: Uint8Array;
  private readonly pool: { readonly histogram: Float64Array; readonly open: Uint8Array }[] = [];
  private leaves: Leaf[] = [];

  constructor(map: BinMap, binned: BinnedRows, settings: GrowthSettings) {
    this.map = map;
    this.binned = binned;
    this.settings = settings;
    this.rows = new Int32Array(binned.rows);
    this.right = new Int32Array(binned.rows);
    this.goes = new Uint8Array(map.start[map.start.length - 1]);
  }

  /**
   * Grows one tree on the rows in `bag` (ascending), using the features marked 1.
   * @param gradients g0, h0, g1, h1, …, for all rows
   * @returns the tree with leaf values times `learningRate`; no splits where none was worth it
   */
  grow(gradients: Float32Array, bag: Int32Array, features: Uint8Array, learningRate: number): Tree {
    this.rows.set(bag);
    const tree = emptyTree();
    // Emptied first: buffers are lent by the number of leaves, and the last tree's would lend the root one that a later leaf gets too.
    this.leaves = [];
    this.leaves.push(this.rootLeaf(gradients, bag.length));
    this.leaves[0].open.set(features);
    this.measure(this.leaves[0], gradients);
    this.search(this.leaves[0]);
    while (this.leaves.length < this.settings.leaves) {
      const best = this.bestLeaf();
      if (best < 0) break;
      this.divide(tree, best, gradients);
    }
    this.finish(tree, learningRate);
    return tree;
  }

  /** After `grow`: scores[row] += value of its leaf, for the rows of the bag only. */
  addBagInto(scores: Float64Array, tree: Tree): void {
    this.leaves.forEach((leaf, at) => {
      for (let i = leaf.start; i < leaf.end; i++) scores[this.rows[i]] += tree.leafValue[at];
    });
  }

  private rootLeaf(gradients: Float32Array, rows: number): Leaf {
    let gradient = 0;
    let hessian = 0;
    for (let i = 0; i < rows; i++) {
      gradient += gradients[2 * this.rows[i]];
      hessian += gradients[2 * this.rows[i] + 1];
    }
    return this.newLeaf({ start: 0, end: rows, gradient, hessian, depth: 0, place: -1, l2: this.settings.l2 });
  }

  private newLeaf(from: Omit<Leaf, 'rows' | 'histogram' | 'open' | 'split'>): Leaf {
    const index = this.leaves.length;
    const bins = this.map.start[this.map.start.length - 1];
    const { histogram, open } = (this.pool[index] ??= {
      histogram: new Float64Array(STATISTICS * bins),
      open: new Uint8Array(this.binned.features),
    });
    return { ...from, rows: from.end - from.start, histogram, open, split: noSplit() };
  }

  private measure(leaf: Leaf, gradients: Float32Array): void {
    leaf.histogram.fill(0);
    histogramInto(leaf.histogram, this.binned, gradients, this.rows, leaf.start, leaf.end);
  }

  private divisible(leaf: Leaf): boolean {
    const { depth, minimumRowsInLeaf, minimumHessianInLeaf } = this.settings;
    if (depth > 0 && leaf.depth >= depth) return false;
    return leaf.rows >= 2 * minimumRowsInLeaf && leaf.hessian >= 2 * minimumHessianInLeaf;
  }

  private search(leaf: Leaf): void {
    leaf.split = noSplit();
    if (!this.divisible(leaf)) return;
    const { start, missing, categorical } = this.map;
    const { split, histogram, open } = leaf;
    for (let feature = 0; feature < open.length; feature++) {
      if (open[feature] === 0) continue;
      const end = start[feature + 1];
      const last = categorical[feature] === 0 && missing[feature] >= 0 ? end - 2 : end - 1;
      const gains =
        categorical[feature] === 1
          ? searchCategorical(split, histogram, { feature, first: start[feature] + 1, last }, leaf, this.settings)
          : searchNumeric(
              split,
              histogram,
              { feature, first: start[feature], last, missing: missing[feature] },
              leaf,
              this.settings,
            );
      open[feature] = Number(gains);
    }
  }

  private bestLeaf(): number {
    let best = -1;
    let gain = 0;
    this.leaves.forEach((leaf, at) => {
      if (leaf.split.gain > gain) {
        gain = leaf.split.gain;
        best = at;
      }
    });
    return best;
  }

  /** Splits a leaf: it becomes its left child, the right child is added at the end. */
  private divide(tree: Tree, at: number, gradients: Float32Array): void {
    const parent = this.leaves[at];
    const node = this.addNode(tree, parent);
    const middle = this.partition(tree, node, parent);
    const { leftGradient, leftHessian, l2 } = parent.split;
    const depth = parent.depth + 1;
    const right = this.newLeaf({
      start: middle,
      end: parent.end,
      gradient: parent.gradient - leftGradient,
      hessian: parent.hessian - leftHessian,
      depth,
      place: 2 * node + 1,
      l2,
    });
    const left: Leaf = {
      ...parent,
      end: middle,
      rows: middle - parent.start,
      gradient: leftGradient,
      hessian: leftHessian,
      depth,
      place: 2 * node,
      l2,
    };
    this.leaves[at] = left;
    this.leaves.push(right);
    right.open.set(left.open);
    this.measureChildren(left, right, gradients);
  }

  /** Builds the histogram of the smaller child and takes it from the parent's to get the larger one's. */
  private measureChildren(left: Leaf, right: Leaf, gradients: Float32Array): void {
    left.split = noSplit();
    const full = this.leaves.length >= this.settings.leaves;
    if (full || (!this.divisible(left) && !this.divisible(right))) return;
    const spare = right.histogram;
    const inherited = left.histogram;
    const [small, large] = left.rows < right.rows ? [left, right] : [right, left];
    small.histogram = spare;
    large.histogram = inherited;
    this.measure(small, gradients);
    subtractHistogram(large.histogram, small.histogram);
    this.search(left);
    this.search(right);
  }

  private addNode(tree: Tree, leaf: Leaf): number {
    const node = tree.feature.length;
    const { split } = leaf;
    tree.feature.push(split.feature);
    tree.bin.push(split.bin);
    tree.missingBin.push(this.map.missing[split.feature]);
    tree.missingLeft.push(split.missingLeft);
    tree.leftBins.push(split.leftBins);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.gain.push(split.gain);
    tree.rows.push(leaf.rows);
    this.hang(tree, leaf.place, node);
    return node;
  }

  private hang(tree: Tree, place: number, child: number): void {
    if (place < 0) return;
    (place % 2 === 0 ? tree.left : tree.right)[place >>> 1] = child;
  }

  /** Moves the rows that go left to the front, keeping the order on both sides; returns the first row on the right. */
  private partition(tree: Tree, node: number, leaf: Leaf): number {
    const { rows, right, goes } = this;
    const { codes, features } = this.binned;
    const feature = tree.feature[node];
    this.markLeft(tree, node);
    const end = leaf.end;
    let front = leaf.start;
    let aside = 0;
    for (let i = front; i < end; i++) {
      const row = rows[i];
      // Written to both sides, and only one of them moves on: no branch to guess wrong.
      const left = goes[codes[row * features + feature]];
      right[aside] = row;
      rows[front] = row;
      front += left;
      aside += 1 - left;
    }
    rows.set(right.subarray(0, aside), front);
    return front;
  }

  /** Marks which bins of the node's feature go left. */
  private markLeft(tree: Tree, node: number): void {
    const { start } = this.map;
    const feature = tree.feature[node];
    for (let bin = start[feature]; bin < start[feature + 1]; bin++) this.goes[bin] = Number(goesLeft(tree, node, bin));
  }

  private finish(tree: Tree, learningRate: number): void {
    this.leaves.forEach((leaf, at) => {
      this.hang(tree, leaf.place, -1 - at);
      tree.leafValue.push(leafValue(leaf.gradient, leaf.hessian, this.settings.l1, leaf.l2) * learningRate);
      tree.leafRows.push(leaf.rows);
    });
  }
}
