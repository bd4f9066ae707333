import { RunboardError } from '#shared/contract/failure.ts';
import type { Candidates } from '#shared/contract/values.ts';
import { hashText } from '#shared/kernels/random.ts';
import { tieRank } from '#shared/kernels/topk.ts';
import { hiddenItems } from '#shared/values/history.ts';

/** Lists as they are measured: known items out, ties broken by lot, cut. Entry e answers request requests[e]. */
export interface RankedLists {
  readonly requests: Int32Array;
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  /** Entries of lists that were left out because the user already had them. */
  readonly known: number;
  /** Per cut-off, lists whose places k and k + 1 have equal scores. */
  readonly tied: Readonly<Record<number, number>>;
  /** Items that could have been listed, per entry. */
  readonly reachable: Int32Array;
}

export interface RankRules {
  readonly hideKnown: boolean;
  readonly cutoffs: readonly number[];
  /** Decides ties, with the user and the item: see `tieSeed`. */
  readonly seed: number;
}

/**
 * What decides ties in a part of the data: the run's seed, and never the node, so that equal lists measure equally
 * wherever a run measures them, while several seeds show what ties are worth.
 */
export function tieSeed(seed: number, part: string): number {
  return hashText(`ties/${seed}/${part}`);
}

/**
 * The measured lists of some requests. Equal scores of candidates are put in an order drawn from the seed, so that no
 * order of the catalogue helps; a list keeps the order in which it is shown.
 */
export function rankLists(candidates: Candidates, requests: Int32Array, rules: RankRules): RankedLists {
  const depth = Math.max(...rules.cutoffs);
  const catalogue = candidates.split.dataset.items.ids.length;
  const hiddenFor = new Int32Array(catalogue).fill(-1);
  const offsets = new Int32Array(requests.length + 1);
  const reachable = new Int32Array(requests.length);
  const chunks: Int32Array[] = [];
  const tied: Record<number, number> = {};
  for (const k of rules.cutoffs) tied[k] = 0;
  let known = 0;
  for (let e = 0; e < requests.length; e++) {
    const r = requests[e];
    let hidden = 0;
    if (rules.hideKnown) {
      for (const item of hiddenItems(candidates.split, candidates.requests, r)) {
        if (hiddenFor[item] === e) continue;
        hiddenFor[item] = e;
        hidden++;
      }
    }
    reachable[e] = catalogue - hidden;
    const entries = entriesOf(candidates, r, (item) => hiddenFor[item] === e);
    known += candidates.offsets[r + 1] - candidates.offsets[r] - entries.length;
    if (candidates.type === 'candidates') {
      breakTies(entries, candidates, rules.seed ^ Math.imul(candidates.requests.user[r] + 1, 0x9e3779b1));
      for (const k of rules.cutoffs) {
        if (entries.length > k && candidates.scores[entries[k - 1]] === candidates.scores[entries[k]]) tied[k]++;
      }
    }
    chunks.push(Int32Array.from(entries.slice(0, depth), (at) => candidates.items[at]));
    offsets[e + 1] = offsets[e] + chunks[e].length;
  }
  const items = new Int32Array(offsets[requests.length]);
  chunks.forEach((chunk, e) => items.set(chunk, offsets[e]));
  return { requests, offsets, items, known, tied, reachable };
}

function entriesOf(candidates: Candidates, r: number, isHidden: (item: number) => boolean): number[] {
  const entries: number[] = [];
  for (let at = candidates.offsets[r]; at < candidates.offsets[r + 1]; at++) {
    if (Number.isNaN(candidates.scores[at])) {
      throw new RunboardError(
        'bad-data',
        `the score of item ${candidates.split.dataset.items.ids[candidates.items[at]]} is not a number`,
        {
          where: `request of user ${candidates.split.dataset.users.ids[candidates.requests.user[r]]}`,
          remedy: 'look at the component that scored it: its training has probably diverged',
        },
      );
    }
    if (!isHidden(candidates.items[at])) entries.push(at);
  }
  return entries;
}

/** Sorts each block of equal neighbouring scores by lot. */
function breakTies(entries: number[], { scores, items }: Candidates, seed: number): void {
  for (let start = 0; start < entries.length;) {
    let end = start + 1;
    while (end < entries.length && scores[entries[end]] === scores[entries[start]]) end++;
    if (end - start > 1) {
      const block = entries.slice(start, end);
      block.sort((a, b) => tieRank(items[a], seed) - tieRank(items[b], seed) || items[a] - items[b]);
      for (let i = 0; i < block.length; i++) entries[start + i] = block[i];
    }
    start = end;
  }
}
