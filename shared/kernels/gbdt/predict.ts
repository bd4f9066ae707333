import type { FeatureColumn } from './bins.ts';
import type { Forest } from './forest.ts';
import { holds } from './tree.ts';

/** Rows gathered row by row before the trees are walked: few enough to stay in cache. */
const BLOCK = 256;

function gatherBlock(block: Float64Array, columns: readonly FeatureColumn[], from: number, to: number): void {
  const features = columns.length;
  for (let f = 0; f < features; f++) {
    const column = columns[f];
    for (let row = from, at = f; row < to; row++, at += features) block[at] = column[row];
  }
}

/** Adds one tree to out[from, to), whose features lie in `block` from its start. */
function addTree(out: Float64Array, from: number, to: number, forest: Forest, tree: number, block: Float64Array): void {
  const { features, feature, threshold, missingLeft, levelStart, levels, left, right, leafValue } = forest;
  const base = forest.nodeStart[tree];
  const leaves = forest.leafStart[tree];
  const root = forest.nodeStart[tree + 1] > base ? 0 : -1;
  for (let row = from, at = 0; row < to; row++, at += features) {
    let node = root;
    while (node >= 0) {
      const n = base + node;
      const value = block[at + feature[n]];
      const cut = threshold[n];
      let goesLeft = value <= cut;
      if (cut !== cut) goesLeft = holds(levels, levelStart[n], levelStart[n + 1], value);
      else if (value !== value) goesLeft = missingLeft[n] === 1;
      node = goesLeft ? left[n] : right[n];
    }
    out[row] += leafValue[leaves - 1 - node];
  }
}

/**
 * Raw scores of all rows of `columns`: baseScore plus the leaves a row falls into.
 * @param out one score per row; overwritten
 * @param trees how many trees to use, from the first; all by default
 */
export function predictInto(
  out: Float64Array,
  forest: Forest,
  columns: readonly FeatureColumn[],
  trees: number = forest.nodeStart.length - 1,
): void {
  const features = columns.length;
  if (features !== forest.features) {
    throw new RangeError(
      `The forest was trained on ${forest.features} features and got ${features}; give the same ones.`,
    );
  }
  const block = new Float64Array(Math.min(BLOCK, out.length) * features);
  for (let from = 0; from < out.length; from += BLOCK) {
    const to = Math.min(out.length, from + BLOCK);
    gatherBlock(block, columns, from, to);
    out.fill(forest.baseScore, from, to);
    for (let tree = 0; tree < trees; tree++) addTree(out, from, to, forest, tree, block);
  }
}

/** p = 1 / (1 + e^-s) in place: probabilities from the raw scores of a binary model. */
export function sigmoidInPlace(scores: Float64Array): void {
  for (let i = 0; i < scores.length; i++) scores[i] = 1 / (1 + Math.exp(-scores[i]));
}
