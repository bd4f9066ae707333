import type { Requests, Split } from '#shared/contract/values.ts';

/** Events grouped by user: user u has items[offsets[u]] up to, not including, items[offsets[u + 1]], in event order. */
export interface History {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  /** Row of each entry in the data set's events. */
  readonly rows: Int32Array;
}

export type HistoryPart = 'train' | 'validation' | 'test' | 'train+validation';

const kept = new WeakMap<Int32Array, Map<HistoryPart, History>>();

/**
 * What each user did in a part of the split. Made once per split and part and kept, so that asking for one request
 * costs no more than that request. O(events) the first time.
 */
export function historyOf(split: Split, part: HistoryPart): History {
  let parts = kept.get(split.train);
  if (parts === undefined) kept.set(split.train, (parts = new Map()));
  let history = parts.get(part);
  if (history === undefined) parts.set(part, (history = group(split, rowsOf(split, part))));
  return history;
}

/** Event rows of a part of the split, ascending. */
export function rowsOf(split: Split, part: HistoryPart): Int32Array {
  if (part === 'train') return split.train;
  if (part === 'validation') return split.validation;
  if (part === 'test') return split.test;
  const both = new Int32Array(split.train.length + split.validation.length);
  both.set(split.train);
  both.set(split.validation, split.train.length);
  return both.sort();
}

function group(split: Split, rows: Int32Array): History {
  const { user, item } = split.dataset.events;
  const offsets = new Int32Array(split.dataset.users.ids.length + 1);
  for (let i = 0; i < rows.length; i++) offsets[user[rows[i]] + 1]++;
  for (let u = 0; u < offsets.length - 1; u++) offsets[u + 1] += offsets[u];
  const next = offsets.slice(0, -1);
  const items = new Int32Array(rows.length);
  const grouped = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const at = next[user[rows[i]]]++;
    items[at] = item[rows[i]];
    grouped[at] = rows[i];
  }
  return { offsets, items, rows: grouped };
}

/** What may not be shown to request r: the user's train items, and for a test request the validation items too. */
export function hiddenItems(split: Split, requests: Requests, r: number): Int32Array {
  const history = historyOf(split, requests.part[r] === 2 ? 'train+validation' : 'train');
  const user = requests.user[r];
  return history.items.subarray(history.offsets[user], history.offsets[user + 1]);
}

/** What request r should find: the user's held-out items of its part, with their event rows. May hold an item twice. */
export function heldOut(split: Split, requests: Requests, r: number): { items: Int32Array; rows: Int32Array } {
  const history = historyOf(split, requests.part[r] === 2 ? 'test' : 'validation');
  const user = requests.user[r];
  const from = history.offsets[user];
  const to = history.offsets[user + 1];
  return { items: history.items.subarray(from, to), rows: history.rows.subarray(from, to) };
}
