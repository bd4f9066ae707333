/*
 * List constraints. Candidates are in order of relevance, positions 0..n-1; the categories of candidate i are
 * categories[offsets[i] .. offsets[i + 1]), without repeats. Every function writes a permutation of the candidates.
 */

/**
 * At most `cap` items of any category among the first `depth`: an item that would break the cap waits, and what
 * waits follows in order of relevance. Where the cap cannot fill `depth`, the best waiting items fill it.
 * Returns how many of the first `depth` respect the cap. O(entries).
 */
export function capCategoriesInto(
  out: Int32Array,
  offsets: Int32Array,
  categories: Int32Array,
  categoryCount: number,
  cap: number,
  depth: number,
): number {
  const used = new Int32Array(categoryCount);
  const placed = new Uint8Array(out.length);
  let at = 0;
  for (let i = 0; i < out.length && at < depth; i++) {
    let fits = true;
    for (let c = offsets[i]; c < offsets[i + 1]; c++) if (used[categories[c]] >= cap) fits = false;
    if (!fits) continue;
    for (let c = offsets[i]; c < offsets[i + 1]; c++) used[categories[c]]++;
    placed[i] = 1;
    out[at++] = i;
  }
  const respected = at;
  for (let i = 0; i < out.length; i++) if (placed[i] === 0) out[at++] = i;
  return respected;
}

/**
 * At least quota[c] items of category c among the first `depth`, as far as candidates allow: the most relevant items
 * that pay off some of what is owed get a place (each pays for all its categories), the most relevant others get the
 * places left. The first `depth` keep their order of relevance. Returns what is still owed at the end. O(entries).
 */
export function fillQuotasInto(
  out: Int32Array,
  offsets: Int32Array,
  categories: Int32Array,
  quotas: Int32Array,
  depth: number,
): number {
  const candidates = out.length;
  const places = Math.min(depth, candidates);
  const chosen = new Uint8Array(candidates);
  const owed = Int32Array.from(quotas);
  let open = places;
  // Reserve: the most relevant payers, each paying for all its categories at once.
  for (let i = 0; i < candidates && open > 0; i++) {
    let pays = false;
    for (let c = offsets[i]; c < offsets[i + 1]; c++) if (owed[categories[c]] > 0) pays = true;
    if (!pays) continue;
    for (let c = offsets[i]; c < offsets[i + 1]; c++) owed[categories[c]]--;
    chosen[i] = 1;
    open--;
  }
  for (let i = 0; i < candidates && open > 0; i++) {
    if (chosen[i] === 1) continue;
    chosen[i] = 1;
    open--;
  }
  let at = 0;
  for (let i = 0; i < candidates; i++) if (chosen[i] === 1) out[at++] = i;
  for (let i = 0; i < candidates; i++) if (chosen[i] === 0) out[at++] = i;
  let short = 0;
  for (let c = 0; c < owed.length; c++) if (owed[c] > 0) short += owed[c];
  return short;
}

/**
 * At most `run` neighbours in a row that share a category, over the first `depth` positions: each position takes the
 * most relevant candidate left that does not make a longer row. Where every candidate would, the most relevant one is
 * taken. Returns the number of positions where that happened. O(depth · entries).
 */
export function capConsecutiveInto(
  out: Int32Array,
  offsets: Int32Array,
  categories: Int32Array,
  categoryCount: number,
  run: number,
  depth: number,
): number {
  const candidates = out.length;
  const rows = new Int32Array(categoryCount); // how many of the last positions in a row had the category
  const placed = new Uint8Array(candidates);
  const places = Math.min(depth, candidates);
  let broken = 0;
  let previous = -1;
  for (let at = 0; at < places; at++) {
    let best = -1;
    let fallback = -1;
    for (let i = 0; i < candidates && best < 0; i++) {
      if (placed[i] === 1) continue;
      if (fallback < 0) fallback = i;
      let fits = true;
      for (let c = offsets[i]; c < offsets[i + 1]; c++) if (rows[categories[c]] >= run) fits = false;
      if (fits) best = i;
    }
    if (best < 0) {
      best = fallback;
      broken++;
    }
    out[at] = best;
    placed[best] = 1;
    extendRows(rows, offsets, categories, best, previous);
    previous = best;
  }
  let at = places;
  for (let i = 0; i < candidates; i++) if (placed[i] === 0) out[at++] = i;
  return broken;
}

/** Categories of `item` grow by one; those only `previous` had start again at 0. */
function extendRows(
  rows: Int32Array,
  offsets: Int32Array,
  categories: Int32Array,
  item: number,
  previous: number,
): void {
  const grown: number[] = [];
  for (let c = offsets[item]; c < offsets[item + 1]; c++) grown.push(rows[categories[c]] + 1);
  if (previous >= 0) for (let c = offsets[previous]; c < offsets[previous + 1]; c++) rows[categories[c]] = 0;
  for (let c = offsets[item], g = 0; c < offsets[item + 1]; c++, g++) rows[categories[c]] = grown[g];
}
