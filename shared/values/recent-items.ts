import type { Requests, Split } from '#shared/contract/values.ts';
import { historyOf } from './history.ts';

/**
 * The last `count` different items of the user of request r before it, the newest first: by time, and by the order of the data set
 * where times are equal or missing. A test request knows the validation events too.
 */
export function recentItems(split: Split, requests: Requests, r: number, count: number): Int32Array {
  const history = historyOf(split, requests.part[r] === 2 ? 'train+validation' : 'train');
  const { time } = split.dataset.events;
  const user = requests.user[r];
  const from = history.offsets[user];
  const rows = history.rows.slice(from, history.offsets[user + 1]);
  rows.sort((a, b) => (time[a] === time[b] || Number.isNaN(time[a] - time[b]) ? b - a : time[b] - time[a]));
  const { item } = split.dataset.events;
  const picked = new Set<number>();
  for (let i = 0; i < rows.length && picked.size < count; i++) picked.add(item[rows[i]]);
  return Int32Array.from(picked);
}
