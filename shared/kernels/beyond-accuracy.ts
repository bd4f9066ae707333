/*
 * What lists are like beyond being right. `exposure[item]` counts how often an item was shown, over the whole
 * catalogue, zeros included.
 */

/** Items shown at least once / items in the catalogue. */
export function coverage(exposure: ArrayLike<number>): number {
  let shown = 0;
  for (let item = 0; item < exposure.length; item++) if (exposure[item] > 0) shown++;
  return shown / exposure.length;
}

/** Gini of ascending values: Σ (2i - n - 1) x_i / (n Σ x), i from 1. NaN when the sum is 0. */
function giniOfSorted(sorted: Float64Array): number {
  const count = sorted.length;
  let weighted = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    weighted += (2 * (i + 1) - count - 1) * sorted[i];
    total += sorted[i];
  }
  return weighted / (count * total);
}

/** Gini of exposure over the whole catalogue, items never shown included: 0 all alike, towards 1 one item takes all. */
export function gini(exposure: ArrayLike<number>): number {
  return giniOfSorted(Float64Array.from(exposure).sort());
}

/** Gini over the items that were shown at all; smaller than `gini` whenever some item was not. */
export function giniOfShown(exposure: ArrayLike<number>): number {
  return giniOfSorted(
    Float64Array.from(exposure)
      .filter((count) => count > 0)
      .sort(),
  );
}

/** Shannon entropy of exposure in nats: -Σ p ln p, p the share of an item among all shown. NaN when nothing was shown. */
export function exposureEntropy(exposure: ArrayLike<number>): number {
  let total = 0;
  for (let item = 0; item < exposure.length; item++) total += exposure[item];
  let entropy = 0;
  for (let item = 0; item < exposure.length; item++) {
    const share = exposure[item] / total;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return total > 0 ? entropy : NaN;
}

/** Share of a list's items that are outside the head (`head[item]` is 1 for popular items). NaN for an empty list. */
export function tailShare(list: Int32Array, start: number, end: number, head: Uint8Array): number {
  let tail = 0;
  for (let at = start; at < end; at++) if (head[list[at]] === 0) tail++;
  return tail / (end - start);
}

/**
 * Novelty of a list: mean of -log2(popularity / users) in bits (Vargas & Castells 2011). An item that nobody has
 * counts as one user's. NaN for an empty list.
 */
export function novelty(
  list: Int32Array,
  start: number,
  end: number,
  popularity: ArrayLike<number>,
  users: number,
): number {
  let sum = 0;
  for (let at = start; at < end; at++) sum -= Math.log2(Math.max(1, popularity[list[at]]) / users);
  return sum / (end - start);
}

/** Expected popularity complement: Σ (1 - popularity / users) · d(r) / Σ d(r), d the DCG discount. NaN for an empty list. */
export function popularityComplement(
  list: Int32Array,
  start: number,
  end: number,
  popularity: ArrayLike<number>,
  users: number,
): number {
  let sum = 0;
  let total = 0;
  for (let at = start; at < end; at++) {
    const discount = 1 / Math.log2(at - start + 2);
    sum += discount * (1 - popularity[list[at]] / users);
    total += discount;
  }
  return sum / total;
}

/** Mean age of a list's items in days at time `now` (seconds); items of unknown age (NaN) are left out. NaN when none is known. */
export function meanAgeDays(
  list: Int32Array,
  start: number,
  end: number,
  born: ArrayLike<number>,
  now: number,
): number {
  let sum = 0;
  let known = 0;
  for (let at = start; at < end; at++) {
    const age = now - born[list[at]];
    if (Number.isNaN(age)) continue;
    sum += Math.max(0, age) / 86_400;
    known++;
  }
  return sum / known;
}

/** Kullback-Leibler miscalibration of Steck (RecSys 2018): C = Σ_g p ln(p / ((1 - a) q + a p)); 0 when q = p. */
export function miscalibration(wanted: ArrayLike<number>, shown: ArrayLike<number>, smoothing: number): number {
  let sum = 0;
  for (let category = 0; category < wanted.length; category++) {
    const p = wanted[category];
    if (p > 0) sum += p * Math.log(p / ((1 - smoothing) * shown[category] + smoothing * p));
  }
  return sum;
}
