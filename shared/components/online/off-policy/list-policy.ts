import type { Candidates, Dataset } from '#shared/contract/values.ts';
import type { Attraction, JudgedPolicy } from './judged-policy.ts';
import { readLog } from './logged-rows.ts';

export interface Exploration {
  readonly explore: number;
  readonly pool: number;
}

/**
 * A policy that shows its list as it is, or with chance ε a random order of its first L = min(pool, length) items: item at place with
 * probability (1 - ε) [own item] + ε [in the pool] / L; a sequence down to place k with (1 - ε) [all own] + ε (L - k)! / L!.
 */
export function listPolicy(
  name: string,
  lists: Candidates,
  log: Dataset,
  wanted: Uint8Array | null,
  { explore, pool }: Exploration,
): JudgedPolicy {
  const rows = readLog(log, lists, wanted);
  const evaluated = new Float64Array(rows.rows);
  const sequence = new Float64Array(rows.rows);
  const own = new Int32Array(rows.rows);
  for (let s = 0; s + 1 < rows.slates.length; s++) {
    const first = rows.slates[s];
    const from = lists.offsets[rows.request[first]];
    const length = lists.offsets[rows.request[first] + 1] - from;
    const depth = Math.min(pool, length);
    let allOwn = 1;
    let shuffled = explore;
    for (let row = first; row < rows.slates[s + 1]; row++) {
      const place = rows.place[row];
      own[row] = place < length ? lists.items[from + place] : -1;
      const inPlace = own[row] === rows.item[row];
      const inPool = explore > 0 && lists.items.subarray(from, from + depth).includes(rows.item[row]);
      if (!inPlace) allOwn = 0;
      shuffled = inPool && depth > place ? shuffled / (depth - place) : 0;
      evaluated[row] = (inPlace ? 1 - explore : 0) + (inPool ? explore / depth : 0);
      sequence[row] = allOwn * (1 - explore) + shuffled;
    }
  }
  return {
    name,
    rows,
    evaluated,
    sequence,
    expects(row, attraction) {
      const certain = own[row] < 0 ? 0 : attraction(own[row]);
      if (explore === 0) return certain;
      return (1 - explore) * certain + explore * poolMean(lists, rows.request[row], pool, attraction);
    },
    shown: null,
  };
}

function poolMean(lists: Candidates, request: number, pool: number, attraction: Attraction): number {
  const from = lists.offsets[request];
  const depth = Math.min(pool, lists.offsets[request + 1] - from);
  let sum = 0;
  for (let at = from; at < from + depth; at++) sum += attraction(lists.items[at]);
  return depth > 0 ? sum / depth : 0;
}
