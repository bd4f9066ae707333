import type { Candidates, Dataset } from '#shared/contract/values.ts';
import type { Attraction, JudgedPolicy, SequencePolicy } from './judged-policy.ts';
import { readLog } from './logged-rows.ts';
import type { LoggedRows } from './logged-rows.ts';

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
  exploration: Exploration,
): JudgedPolicy {
  const rows = readLog(log, lists, wanted);
  const { explore, pool } = exploration;
  const evaluated = new Float64Array(rows.rows);
  const own = new Int32Array(rows.rows);
  const pooled = new Uint8Array(rows.rows);
  for (let row = 0; row < rows.rows; row++) {
    const { from, length, depth } = listOf(lists, rows.request[row], pool);
    const place = rows.place[row];
    own[row] = place < length ? lists.items[from + place] : -1;
    pooled[row] = explore > 0 && lists.items.subarray(from, from + depth).includes(rows.item[row]) ? 1 : 0;
    evaluated[row] = (own[row] === rows.item[row] ? 1 - explore : 0) + (pooled[row] === 1 ? explore / depth : 0);
  }
  return {
    name,
    rows,
    evaluated,
    sequence: sequenceOf(lists, rows, { own, pooled }, exploration),
    expects(row, attraction) {
      const certain = own[row] < 0 ? 0 : attraction(own[row]);
      if (explore === 0) return certain;
      const { from, depth } = listOf(lists, rows.request[row], pool);
      return (1 - explore) * certain + (depth > 0 ? (explore * poolSum(lists, from, depth, attraction)) / depth : 0);
    },
    shown: null,
  };
}

/** The list itself and the shuffle go on side by side, each with the chance that what stands above came from it. */
function sequenceOf(
  lists: Candidates,
  rows: LoggedRows,
  { own, pooled }: { readonly own: Int32Array; readonly pooled: Uint8Array },
  { explore, pool }: Exploration,
): SequencePolicy {
  const probability = new Float64Array(rows.rows);
  const ownAbove = new Float64Array(rows.rows);
  const shuffledAbove = new Float64Array(rows.rows);
  const top = new Int32Array(rows.rows);
  for (let s = 0; s + 1 < rows.slates.length; s++) {
    const first = rows.slates[s];
    const { depth } = listOf(lists, rows.request[first], pool);
    let kept = 1 - explore;
    let shuffled = explore;
    for (let row = first; row < rows.slates[s + 1]; row++) {
      const left = depth - rows.place[row];
      ownAbove[row] = kept;
      shuffledAbove[row] = left > 0 ? shuffled : 0;
      top[row] = first;
      if (own[row] !== rows.item[row]) kept = 0;
      shuffled = pooled[row] === 1 && left > 0 ? shuffled / left : 0;
      probability[row] = kept + shuffled;
    }
  }
  return {
    probability,
    expects(row, attraction) {
      const above = ownAbove[row] + shuffledAbove[row];
      if (above === 0) return 0;
      const certain = ownAbove[row] > 0 && own[row] >= 0 ? ownAbove[row] * attraction(own[row]) : 0;
      if (shuffledAbove[row] === 0) return certain / above;
      const { from, depth } = listOf(lists, rows.request[row], pool);
      let remaining = poolSum(lists, from, depth, attraction);
      for (let one = top[row]; one < row; one++) remaining -= attraction(rows.item[one]);
      return (certain + (shuffledAbove[row] * remaining) / (depth - rows.place[row])) / above;
    },
  };
}

/** Where the list of a request starts, how long it is, and how much of it is shuffled. */
function listOf(lists: Candidates, request: number, pool: number): { from: number; length: number; depth: number } {
  const from = lists.offsets[request];
  const length = lists.offsets[request + 1] - from;
  return { from, length, depth: Math.min(pool, length) };
}

function poolSum(lists: Candidates, from: number, depth: number, attraction: Attraction): number {
  let sum = 0;
  for (let at = from; at < from + depth; at++) sum += attraction(lists.items[at]);
  return sum;
}
