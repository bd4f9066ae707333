/** Values this close to zero count as zero and get a bin of their own, as in LightGBM. */
const ZERO = 1e-35;

/** One double and its bits, for the double next to it. */
const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The smallest double above `value`: keeps a midpoint that rounds down on the left side of its bound. */
function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  double[0] = value;
  bits[0] += value > 0 ? 1n : -1n;
  return double[0];
}

function midpoint(low: number, high: number): number {
  return nextUp(low / 2 + high / 2);
}

/** Sorted distinct values and how often each occurs; `values` must be sorted ascending and free of NaN. */
export function countDistinct(values: Float64Array): { distinct: Float64Array; counts: Float64Array } {
  const distinct = new Float64Array(values.length);
  const counts = new Float64Array(values.length);
  let last = -1;
  for (let i = 0; i < values.length; i++) {
    if (last < 0 || values[i] !== distinct[last]) distinct[++last] = values[i];
    counts[last]++;
  }
  return { distinct: distinct.subarray(0, last + 1), counts: counts.subarray(0, last + 1) };
}

/** Few distinct values: one bin each, merged to the right until a bin has `minimumRows` rows. */
function boundsOfFew(distinct: Float64Array, counts: Float64Array, minimumRows: number): number[] {
  const bounds: number[] = [];
  let rows = 0;
  for (let i = 0; i + 1 < distinct.length; i++) {
    rows += counts[i];
    if (rows < minimumRows) continue;
    const bound = midpoint(distinct[i], distinct[i + 1]);
    if (bounds.length === 0 || bound > bounds[bounds.length - 1]) {
      bounds.push(bound);
      rows = 0;
    }
  }
  return bounds;
}

/**
 * Greedy equal-count bounds (LightGBM `GreedyFindBin`): a value with at least the mean bin size of rows gets a
 * bin of its own; the others are filled up to the mean size of what is left.
 */
function boundsOfMany(distinct: Float64Array, counts: Float64Array, maximumBins: number): number[] {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  let restBins = maximumBins;
  let restRows = rows;
  const own = new Uint8Array(distinct.length);
  for (let i = 0; i < distinct.length; i++) {
    if (counts[i] < rows / maximumBins) continue;
    own[i] = 1;
    restBins--;
    restRows -= counts[i];
  }
  let mean = restRows / restBins;
  const bounds: number[] = [];
  let filled = 0;
  for (let i = 0; i + 1 < distinct.length && bounds.length < maximumBins - 1; i++) {
    if (own[i] === 0) restRows -= counts[i];
    filled += counts[i];
    const nextOwn = own[i + 1] === 1 && filled >= Math.max(1, mean / 2);
    if (own[i] === 0 && filled < mean && !nextOwn) continue;
    bounds.push(midpoint(distinct[i], distinct[i + 1]));
    filled = 0;
    if (own[i] === 0) mean = restRows / --restBins;
  }
  return bounds;
}

function greedyBounds(
  distinct: Float64Array,
  counts: Float64Array,
  maximumBins: number,
  minimumRows: number,
): number[] {
  if (distinct.length <= maximumBins) return boundsOfFew(distinct, counts, minimumRows);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const bins = minimumRows > 0 ? Math.min(maximumBins, Math.floor(rows / minimumRows)) : maximumBins;
  return boundsOfMany(distinct, counts, Math.max(1, bins));
}

/**
 * Inclusive upper bounds of the bins of one numeric column, ascending, the last one +Infinity. Zero gets a bin of
 * its own and the bins left over are shared between negative and positive values by their rows (LightGBM
 * `FindBinWithZeroAsOneBin`).
 * @param sorted the column's values, ascending, without NaN
 * @param maximumBins at least 1
 * @param minimumRows rows that a bin must hold before it is closed
 */
export function binBounds(sorted: Float64Array, maximumBins: number, minimumRows: number): Float64Array {
  const { distinct, counts } = countDistinct(sorted);
  let negatives = 0;
  let negativeRows = 0;
  while (negatives < distinct.length && distinct[negatives] <= -ZERO) negativeRows += counts[negatives++];
  let positives = negatives;
  let zeroRows = 0;
  while (positives < distinct.length && distinct[positives] <= ZERO) zeroRows += counts[positives++];
  let bounds: number[] = [];
  if (negatives > 0 && maximumBins > 1) {
    const share = Math.floor((negativeRows / (sorted.length - zeroRows)) * (maximumBins - 1));
    const left = [distinct.subarray(0, negatives), counts.subarray(0, negatives)];
    bounds = [...greedyBounds(left[0], left[1], Math.max(1, share), minimumRows), -ZERO];
  }
  const room = maximumBins - 1 - bounds.length;
  if (positives < distinct.length && room > 0) {
    bounds.push(ZERO, ...greedyBounds(distinct.subarray(positives), counts.subarray(positives), room, minimumRows));
  }
  bounds.push(Infinity);
  return Float64Array.from(bounds);
}
