import type { Requests, Split } from '#shared/contract/values.ts';
import { scaleToShares } from '#shared/kernels/category-lists.ts';
import { halfLifeDecay } from '#shared/kernels/freshness.ts';
import { historyOf } from './history.ts';
import type { ItemCategories } from './item-categories.ts';

const day = 86_400;

/**
 * The mix of categories in what the user of request r did before it, as shares that sum to 1: each event spreads its
 * weight evenly over the item's categories. Events weigh 2^(-age / half-life), or alike where `halfLifeDays` is 0 or
 * times are unknown. All zero for a user without a history.
 */
export function tasteOf(
  split: Split,
  requests: Requests,
  r: number,
  categories: ItemCategories,
  halfLifeDays: number,
): Float64Array {
  const history = historyOf(split, requests.part[r] === 2 ? 'train+validation' : 'train');
  const taste = new Float64Array(categories.names.length);
  const user = requests.user[r];
  let total = 0;
  for (let at = history.offsets[user]; at < history.offsets[user + 1]; at++) {
    const from = categories.offsets[history.items[at]];
    const to = categories.offsets[history.items[at] + 1];
    if (from === to) continue;
    const age = (requests.time[r] - split.dataset.events.time[history.rows[at]]) / day;
    const weight = halfLifeDays === 0 || Number.isNaN(age) ? 1 : halfLifeDecay(age, halfLifeDays);
    for (let c = from; c < to; c++) taste[categories.codes[c]] += weight / (to - from);
    total += weight;
  }
  return scaleToShares(taste, total);
}
