import type { BinMap } from './bins.ts';
import type { Tree } from './tree.ts';

/**
 * A trained model as flat arrays; nodes and leaves of all trees one after the other. Child links are relative to
 * their tree: a node number, or -1 - leaf. Stores and sends as it is.
 */
export interface Forest {
  readonly features: number;
  /** Score before the first tree. */
  readonly baseScore: number;
  /** First node and first leaf of each tree; one longer than there are trees. */
  readonly nodeStart: Int32Array;
  readonly leafStart: Int32Array;
  readonly feature: Int32Array;
  /** Numeric nodes: values up to this go left. NaN where the node splits by levels. */
  readonly threshold: Float64Array;
  /** 1 where missing values go left. */
  readonly missingLeft: Uint8Array;
  /** Level codes that go left at node n, ascending: levels[levelStart[n]] up to levels[levelStart[n + 1]]. */
  readonly levelStart: Int32Array;
  readonly levels: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly gain: Float64Array;
  /** Training rows that passed the node, or ended in the leaf. */
  readonly nodeRows: Int32Array;
  readonly leafRows: Int32Array;
  /** Learning rate included. */
  readonly leafValue: Float64Array;
}

function offsets(lengths: readonly number[]): Int32Array {
  const start = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => (start[i + 1] = start[i] + length));
  return start;
}

/** Turns bins back into values: what was grown over bins can then be walked with raw columns. */
export function buildForest(trees: readonly Tree[], map: BinMap, baseScore: number): Forest {
  const nodes = <T>(pick: (tree: Tree) => readonly T[]): T[] => trees.flatMap(pick);
  const leftBins = nodes((tree) => tree.leftBins);
  const threshold = nodes((tree) => tree.bin).map((bin) => (bin < 0 ? NaN : map.bounds[bin]));
  return {
    features: map.categorical.length,
    baseScore,
    nodeStart: offsets(trees.map((tree) => tree.feature.length)),
    leafStart: offsets(trees.map((tree) => tree.leafValue.length)),
    feature: Int32Array.from(nodes((tree) => tree.feature)),
    threshold: Float64Array.from(threshold),
    missingLeft: Uint8Array.from(
      nodes((tree) => tree.missingLeft),
      Number,
    ),
    levelStart: offsets(leftBins.map((bins) => bins.length)),
    levels: Float64Array.from(leftBins.flatMap((bins) => Array.from(bins, (bin) => map.bounds[bin]))),
    left: Int32Array.from(nodes((tree) => tree.left)),
    right: Int32Array.from(nodes((tree) => tree.right)),
    gain: Float64Array.from(nodes((tree) => tree.gain)),
    nodeRows: Int32Array.from(nodes((tree) => tree.rows)),
    leafRows: Int32Array.from(nodes((tree) => tree.leafRows)),
    leafValue: Float64Array.from(nodes((tree) => tree.leafValue)),
  };
}

/** What each feature added up to over all splits: total gain and number of splits. */
export function featureImportance(forest: Forest): { gain: Float64Array; splits: Int32Array } {
  const gain = new Float64Array(forest.features);
  const splits = new Int32Array(forest.features);
  for (let node = 0; node < forest.feature.length; node++) {
    gain[forest.feature[node]] += forest.gain[node];
    splits[forest.feature[node]]++;
  }
  return { gain, splits };
}
