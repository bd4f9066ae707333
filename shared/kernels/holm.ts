/**
 * Holm's step-down adjusted p-values (Holm 1979), in the order given: the i-th smallest of m becomes
 * max over j <= i of min(1, (m - j) · p_(j)), j from 0. NaN stays NaN and does not count among the m.
 */
export function holm(pValues: ArrayLike<number>): Float64Array {
  const out = new Float64Array(pValues.length).fill(NaN);
  const order: number[] = [];
  for (let i = 0; i < pValues.length; i++) if (!Number.isNaN(pValues[i])) order.push(i);
  order.sort((a, b) => pValues[a] - pValues[b] || a - b);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (order.length - rank) * pValues[index]));
    out[index] = largest;
  });
  return out;
}
