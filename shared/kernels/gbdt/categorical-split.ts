import { rowsOfBin, STATISTICS } from './histogram.ts';
import { leafGain } from './split.ts';
import type { LeafSums, Split, SplitSettings } from './split.ts';

/** The bins of one categorical feature: levels from `first` to `last`; missing and unknown levels always go right. */
export interface CategoricalBins {
  readonly feature: number;
  readonly first: number;
  readonly last: number;
}

function keep(best: Split, feature: number, gain: number, left: LeafSums, l2: number): void {
  best.gain = gain;
  best.feature = feature;
  best.bin = -1;
  best.missingLeft = false;
  best.leftGradient = left.gradient;
  best.leftHessian = left.hessian;
  best.leftRows = left.rows;
  best.l2 = l2;
}

/** One level against the rest; true where any split gains. */
function searchOneHot(
  best: Split,
  histogram: Float64Array,
  bins: CategoricalBins,
  leaf: LeafSums,
  settings: SplitSettings,
): boolean {
  const { l1, l2, minimumRowsInLeaf, minimumHessianInLeaf } = settings;
  const shift = leafGain(leaf.gradient, leaf.hessian, l1, l2) + settings.minimumGain;
  let gains = false;
  for (let bin = bins.first; bin <= bins.last; bin++) {
    const gradient = histogram[STATISTICS * bin];
    const hessian = histogram[STATISTICS * bin + 1];
    const rows = rowsOfBin(hessian, leaf.rows / leaf.hessian);
    if (rows < minimumRowsInLeaf || hessian < minimumHessianInLeaf) continue;
    const rightHessian = leaf.hessian - hessian;
    if (leaf.rows - rows < minimumRowsInLeaf || rightHessian < minimumHessianInLeaf) continue;
    const gain = leafGain(gradient, hessian, l1, l2) + leafGain(leaf.gradient - gradient, rightHessian, l1, l2) - shift;
    if (!(gain > 0)) continue;
    gains = true;
    if (!(gain > best.gain)) continue;
    keep(best, bins.feature, gain, { gradient, hessian, rows }, l2);
    best.leftBins = Int32Array.of(bin);
  }
  return gains;
}

/** Levels with enough rows, sorted by G / (H + smoothing), ties by level. */
function sortedLevels(
  histogram: Float64Array,
  bins: CategoricalBins,
  smoothing: number,
  rowsPerHessian: number,
): Int32Array {
  const levels = new Int32Array(bins.last - bins.first + 1);
  const keys = new Float64Array(levels.length);
  let kept = 0;
  for (let bin = bins.first; bin <= bins.last; bin++) {
    if (rowsOfBin(histogram[STATISTICS * bin + 1], rowsPerHessian) < Math.max(1, smoothing)) continue;
    levels[kept++] = bin;
    keys[bin - bins.first] = histogram[STATISTICS * bin] / (histogram[STATISTICS * bin + 1] + smoothing);
  }
  return levels.subarray(0, kept).sort((a, b) => keys[a - bins.first] - keys[b - bins.first] || a - b);
}

/** Tries the first 1, 2, … levels of `order` as the left side (Fisher 1958: the best subset is a prefix); true where any gains. */
function scanPrefixes(
  best: Split,
  histogram: Float64Array,
  order: Int32Array,
  feature: number,
  leaf: LeafSums,
  settings: SplitSettings,
): boolean {
  const { l1, minimumRowsInLeaf, minimumHessianInLeaf } = settings;
  const l2 = settings.l2 + settings.categoryL2;
  const shift = leafGain(leaf.gradient, leaf.hessian, l1, settings.l2) + settings.minimumGain;
  const limit = Math.min(settings.categoryLevels, (order.length + 1) >>> 1);
  let gradient = 0;
  let hessian = 0;
  let rows = 0;
  let group = 0;
  let gains = false;
  for (let i = 0; i < limit; i++) {
    const at = STATISTICS * order[i];
    gradient += histogram[at];
    hessian += histogram[at + 1];
    const added = rowsOfBin(histogram[at + 1], leaf.rows / leaf.hessian);
    rows += added;
    group += added;
    if (rows < minimumRowsInLeaf || hessian < minimumHessianInLeaf) continue;
    const rightRows = leaf.rows - rows;
    const rightHessian = leaf.hessian - hessian;
    if (rightRows < Math.max(minimumRowsInLeaf, settings.categoryRows) || rightHessian < minimumHessianInLeaf) break;
    if (group < settings.categoryRows) continue;
    group = 0;
    const gain = leafGain(gradient, hessian, l1, l2) + leafGain(leaf.gradient - gradient, rightHessian, l1, l2) - shift;
    if (!(gain > 0)) continue;
    gains = true;
    if (!(gain > best.gain)) continue;
    keep(best, feature, gain, { gradient, hessian, rows }, l2);
    best.leftBins = order.slice(0, i + 1).sort();
  }
  return gains;
}

/** Improves `best` by the best split of one categorical feature; false where none gains anything (LightGBM `FindBestThresholdCategorical`). */
export function searchCategorical(
  best: Split,
  histogram: Float64Array,
  bins: CategoricalBins,
  leaf: LeafSums,
  settings: SplitSettings,
): boolean {
  // LightGBM counts the bin of missing and unknown levels as a level here; we count levels only.
  if (bins.last - bins.first + 1 <= settings.oneHotLevels) return searchOneHot(best, histogram, bins, leaf, settings);
  const order = sortedLevels(histogram, bins, settings.categorySmoothing, leaf.rows / leaf.hessian);
  const upwards = scanPrefixes(best, histogram, order, bins.feature, leaf, settings);
  return scanPrefixes(best, histogram, order.slice().reverse(), bins.feature, leaf, settings) || upwards;
}
