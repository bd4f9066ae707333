/** Positions of `values` from the smallest to the largest; NaN last, ties in order. */
function ascending(values: Float64Array): Int32Array {
  const order = Int32Array.from(values, (_, i) => i);
  const key = (i: number): number => (Number.isNaN(values[i]) ? Infinity : values[i]);
  return order.sort((a, b) => (key(a) === key(b) ? a - b : key(a) - key(b)));
}

function countOf(values: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) count++;
  return count;
}

/**
 * Benjamini and Hochberg's adjusted p-values (1995): min over larger ranks of m / rank · p, capped at 1. They bound the
 * expected share of false discoveries. NaN stays NaN and does not count.
 */
export function benjaminiHochbergAdjusted(pValues: Float64Array): Float64Array {
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  const order = ascending(pValues);
  const m = countOf(pValues);
  let smallest = 1;
  for (let rank = m - 1; rank >= 0; rank--) {
    smallest = Math.min(smallest, (m / (rank + 1)) * pValues[order[rank]]);
    adjusted[order[rank]] = smallest;
  }
  return adjusted;
}
