import type { Split } from '#shared/contract/values.ts';
import { historyOf } from '#shared/values/history.ts';
import { itemBirths, itemCategories } from '#shared/values/item-categories.ts';
import type { ListWorld } from './metric-shapes.ts';

/** The popular items that together make up this share of the events are the head, the others the long tail. */
export const headShare = 0.8;

/** What lists of one part are judged by, learned only from what was known before it. */
export function listWorld(split: Split, part: 1 | 2): ListWorld {
  const known = historyOf(split, part === 2 ? 'train+validation' : 'train');
  const popularity = new Int32Array(split.dataset.items.ids.length);
  const lastUser = new Int32Array(popularity.length).fill(-1);
  let users = 0;
  for (let user = 0; user < known.offsets.length - 1; user++) {
    if (known.offsets[user + 1] > known.offsets[user]) users++;
    for (let at = known.offsets[user]; at < known.offsets[user + 1]; at++) {
      const item = known.items[at];
      if (lastUser[item] === user) continue;
      lastUser[item] = user;
      popularity[item]++;
    }
  }
  const categories = itemCategories(split.dataset);
  return {
    popularity,
    users,
    head: headOf(popularity),
    categories:
      categories === null
        ? null
        : { offsets: categories.offsets, codes: categories.codes, count: categories.names.length },
    scratch: new Float64Array(categories?.names.length ?? 0),
    born: itemBirths(split.dataset),
  };
}

/** 1 for the most popular items that make up `headShare` of all; of equally popular ones the first. */
export function headOf(popularity: Int32Array): Uint8Array {
  const head = new Uint8Array(popularity.length);
  let left = headShare * popularity.reduce((sum, count) => sum + count, 0);
  const order = Int32Array.from(popularity, (_, item) => item).sort((a, b) => popularity[b] - popularity[a] || a - b);
  for (const item of order) {
    if (left <= 0) break;
    head[item] = 1;
    left -= popularity[item];
  }
  return head;
}
