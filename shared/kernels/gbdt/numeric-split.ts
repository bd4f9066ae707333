import { rowsOfBin, STATISTICS } from './histogram.ts';
import { leafGain } from './split.ts';
import type { LeafSums, Split, SplitSettings } from './split.ts';

/** The bins of one numeric feature. */
export interface NumericBins {
  readonly feature: number;
  readonly first: number;
  /** Last bin that holds values. */
  readonly last: number;
  /** Bin of missing values, or -1. */
  readonly missing: number;
}

/** Share of a leaf's hessian below which a bin counts as empty: taking histograms off each other leaves rounding behind. */
const EMPTY = 1e-10;

/**
 * Tries every cut of one numeric feature and improves `best` where a gain is strictly larger; true where any cut gains:
 *   gain = T(GL)^2/(HL+l2) + T(GR)^2/(HR+l2) - T(G)^2/(H+l2) - minimumGain
 * Adds bins up on the side without missing values: from the top with `missingLeft`, so that they end up on the left
 * with all that is not yet added, else from the bottom. Of cuts through empty bins this keeps LightGBM's choice.
 */
function scan(
  best: Split,
  histogram: Float64Array,
  bins: NumericBins,
  leaf: LeafSums,
  settings: SplitSettings,
  missingLeft: boolean,
): boolean {
  const { l1, l2, minimumRowsInLeaf, minimumHessianInLeaf } = settings;
  const shift = leafGain(leaf.gradient, leaf.hessian, l1, l2) + settings.minimumGain;
  const rowsPerHessian = leaf.rows / leaf.hessian;
  const step = missingLeft ? -1 : 1;
  // From the bottom the last bin counts too: all values on the left, the missing ones on the right.
  const end = missingLeft ? bins.first : bins.last + 1;
  let gradient = 0;
  let hessian = 0;
  let rows = 0;
  let gains = false;
  for (let bin = missingLeft ? bins.last : bins.first; bin !== end; bin += step) {
    gradient += histogram[STATISTICS * bin];
    hessian += histogram[STATISTICS * bin + 1];
    rows += rowsOfBin(histogram[STATISTICS * bin + 1], rowsPerHessian);
    if (rows < minimumRowsInLeaf || hessian < minimumHessianInLeaf) continue;
    const otherHessian = leaf.hessian - hessian;
    if (leaf.rows - rows < minimumRowsInLeaf || otherHessian < minimumHessianInLeaf) break;
    const gain = leafGain(gradient, hessian, l1, l2) + leafGain(leaf.gradient - gradient, otherHessian, l1, l2) - shift;
    if (!(gain > 0)) continue;
    gains = true;
    if (!(gain > best.gain)) continue;
    best.gain = gain;
    best.feature = bins.feature;
    best.bin = missingLeft ? bin - 1 : bin;
    best.missingLeft = missingLeft;
    best.leftGradient = missingLeft ? leaf.gradient - gradient : gradient;
    best.leftHessian = missingLeft ? otherHessian : hessian;
    best.leftRows = missingLeft ? leaf.rows - rows : rows;
    best.l2 = l2;
  }
  return gains;
}

/**
 * Improves `best` by the best cut of one numeric feature; false where no cut gains anything. Where the leaf holds missing values both sides are tried
 * for them; where it holds none, missing values met later go with the larger child.
 */
export function searchNumeric(
  best: Split,
  histogram: Float64Array,
  bins: NumericBins,
  leaf: LeafSums,
  settings: SplitSettings,
): boolean {
  const before = best.gain;
  const missingHessian = bins.missing < 0 ? 0 : histogram[STATISTICS * bins.missing + 1];
  let gains = scan(best, histogram, bins, leaf, settings, true);
  if (missingHessian > EMPTY * leaf.hessian) gains = scan(best, histogram, bins, leaf, settings, false) || gains;
  else if (best.gain > before) best.missingLeft = 2 * best.leftRows >= leaf.rows;
  if (best.gain > before && best.leftBins.length > 0) best.leftBins = new Int32Array(0);
  return gains;
}
