import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Split } from '#shared/contract/values.ts';
import { itemCategories } from '#shared/values/item-categories.ts';
import type { RequestView } from '#shared/values/rearrange-requests.ts';
import { rearrangeRequests, relevanceOfView } from '#shared/values/rearrange-requests.ts';
import { spec } from './spec.ts';

/** 1 for every item that a word names. */
type Members = Uint8Array;

const reasons = ['boosted by a rule', 'pinned by a rule'];

export const component = implement(spec, {
  apply(_, { lists }, { block, boost, pin, pinAt, keep, column }, context) {
    const { split } = lists;
    const blocked = new Uint8Array(split.dataset.items.ids.length);
    for (const word of block) membersOf(split, word, column, 'block').forEach((one, item) => (blocked[item] |= one));
    const factors = factorsOf(split, boost, column);
    const pins = pin.map((word) => membersOf(split, word, column, 'pin'));
    const out = rearrangeRequests(lists, { type: 'list', context, reasons }, (view, order, reason) => {
      const ranked = boosted(view, blocked, factors);
      const pinned = pinnedOf(view, ranked, pins);
      const others = ranked.filter((i) => !pinned.includes(i));
      const head = others.slice(0, pinAt - 1);
      const whole = [...head, ...pinned, ...others.slice(head.length)].slice(0, keep);
      whole.forEach((i, place) => {
        order[place] = i;
        if (factors !== null && factors[view.items[i]] > 1) reason[place] = 1;
        if (pinned.includes(i)) reason[place] = 2;
      });
      return whole.length;
    });
    return { lists: out };
  },
});

/** Positions that are not blocked, best first after boosting. */
function boosted(view: RequestView, blocked: Uint8Array, factors: Float64Array | null): number[] {
  const ranked: number[] = [];
  for (let i = 0; i < view.items.length; i++) if (blocked[view.items[i]] === 0) ranked.push(i);
  if (factors === null) return ranked;
  const relevance = relevanceOfView(view);
  for (const i of ranked) relevance[i] *= factors[view.items[i]];
  return ranked.sort((a, b) => relevance[b] - relevance[a] || a - b);
}

/** For each pin the best placed item that it names and no earlier pin has taken. */
function pinnedOf(view: RequestView, ranked: readonly number[], pins: readonly Members[]): number[] {
  const pinned: number[] = [];
  for (const members of pins) {
    const found = ranked.find((i) => members[view.items[i]] === 1 && !pinned.includes(i));
    if (found !== undefined) pinned.push(found);
  }
  return pinned;
}

/** Product of the factors of all rules that name an item; null where there are no rules. */
function factorsOf(split: Split, rules: readonly string[], column: string): Float64Array | null {
  if (rules.length === 0) return null;
  const factors = new Float64Array(split.dataset.items.ids.length).fill(1);
  for (const rule of rules) {
    const star = rule.lastIndexOf('*');
    const factor = Number(rule.slice(star + 1));
    if (star < 1 || !(factor >= 0) || rule.slice(star + 1).trim() === '' || factor === Infinity) {
      throw new RunboardError('bad-parameter', `"${rule}" is no boost`, {
        where: 'boost',
        remedy: 'write an item id or a category, a star and a factor from 0, as Comedy*1.5',
      });
    }
    membersOf(split, rule.slice(0, star).trim(), column, 'boost').forEach((one, item) => {
      if (one === 1) factors[item] *= factor;
    });
  }
  return factors;
}

/** Items named by a word: the item with that id, else the items of that category. */
function membersOf(split: Split, word: string, column: string, where: string): Members {
  const { ids } = split.dataset.items;
  const members = new Uint8Array(ids.length);
  const item = ids.indexOf(word);
  if (item >= 0) {
    members[item] = 1;
    return members;
  }
  const categories = itemCategories(split.dataset, column);
  const code = categories?.names.indexOf(word) ?? -1;
  if (categories === null || code < 0) {
    throw new RunboardError('bad-parameter', `${word} is neither the id of an item nor a category`, {
      where,
      remedy: 'look at the items of the data set for how ids and categories are spelt',
    });
  }
  for (let i = 0; i < ids.length; i++) {
    for (let at = categories.offsets[i]; at < categories.offsets[i + 1]; at++)
      if (categories.codes[at] === code) members[i] = 1;
  }
  return members;
}
