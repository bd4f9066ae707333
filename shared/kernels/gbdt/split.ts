/** What decides which splits are allowed and what they are worth. Names and defaults follow LightGBM. */
export interface SplitSettings {
  readonly minimumRowsInLeaf: number;
  readonly minimumHessianInLeaf: number;
  readonly l1: number;
  readonly l2: number;
  readonly minimumGain: number;
  /** Categorical features with at most this many levels are split one level against the rest. */
  readonly oneHotLevels: number;
  /** Added to the hessian where levels are sorted by G / (H + smoothing); levels with fewer rows are left out. */
  readonly categorySmoothing: number;
  /** Extra L2 on the leaves of a split by sorted levels. */
  readonly categoryL2: number;
  /** Most levels on the smaller side of a split by sorted levels. */
  readonly categoryLevels: number;
  /** Rows between two cuts tried, and on the far side, in a split by sorted levels. */
  readonly categoryRows: number;
}

export const defaultSplitSettings: SplitSettings = {
  minimumRowsInLeaf: 20,
  minimumHessianInLeaf: 1e-3,
  l1: 0,
  l2: 0,
  minimumGain: 0,
  oneHotLevels: 4,
  categorySmoothing: 10,
  categoryL2: 10,
  categoryLevels: 32,
  categoryRows: 100,
};

/** Keeps quotients finite where a side has no hessian; the value is LightGBM's. */
const EPSILON = 1e-15;

/** The best split found so far for one leaf; `gain` is 0 and `feature` -1 while there is none. */
export interface Split {
  gain: number;
  feature: number;
  /** Numeric: last bin that goes left. */
  bin: number;
  missingLeft: boolean;
  leftGradient: number;
  leftHessian: number;
  leftRows: number;
  /** L2 that the two leaves are shrunk by. */
  l2: number;
  /** Categorical: the bins that go left, ascending; empty where numeric. */
  leftBins: Int32Array;
}

/** Sums over the rows of a leaf. */
export interface LeafSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

export function noSplit(): Split {
  return {
    gain: 0,
    feature: -1,
    bin: -1,
    missingLeft: false,
    leftGradient: 0,
    leftHessian: 0,
    leftRows: 0,
    l2: 0,
    leftBins: new Int32Array(0),
  };
}

/** T(s) = sign(s) max(0, |s| - l1). */
function softThreshold(sum: number, l1: number): number {
  return sum > l1 ? sum - l1 : sum < -l1 ? sum + l1 : 0;
}

/** T(G)^2 / (H + l2): what a leaf takes off twice the loss. */
export function leafGain(gradient: number, hessian: number, l1: number, l2: number): number {
  const sum = softThreshold(gradient, l1);
  return (sum * sum) / (hessian + l2 + EPSILON);
}

/** -T(G) / (H + l2): the value of a leaf before the learning rate. */
export function leafValue(gradient: number, hessian: number, l1: number, l2: number): number {
  return -softThreshold(gradient, l1) / (hessian + l2 + EPSILON);
}
