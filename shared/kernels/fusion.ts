import type { TopHeap } from './topk.ts';

/** Part of a ranked list, best first: entries [from, to) of `items` and `scores`. */
export interface RankedPart {
  readonly items: Int32Array;
  readonly scores: Float32Array;
  readonly from: number;
  readonly to: number;
}

/** How scores of different retrievers are made comparable before they are added. */
type Normalisation = 'min-max' | 'rank' | 'none';

/** How lists become one. `weights` has one number per list. */
export type FusionRule =
  | { readonly method: 'weighted'; readonly weights: readonly number[]; readonly normalisation: Normalisation }
  | { readonly method: 'reciprocal-rank'; readonly weights: readonly number[]; readonly constant: number }
  | { readonly method: 'round-robin' };

/** Adds up lists of one request after another; its arrays are as long as the catalogue and are reused. */
export class Fusion {
  /** Fused score of each item met; meaningful while `lists[item]` is not 0. */
  readonly scores: Float64Array;
  /** Bit s is set where list s holds the item; at most 32 lists. */
  readonly lists: Uint32Array;
  private met: Int32Array;
  private size = 0;

  constructor(items: number) {
    this.scores = new Float64Array(items);
    this.lists = new Uint32Array(items);
    this.met = new Int32Array(1024);
  }

  /** Fuses the lists and leaves the best items in `heap`, best first. An item that a list does not hold gets nothing from it. */
  fuse(parts: readonly RankedPart[], rule: FusionRule, heap: TopHeap, seed?: number): void {
    this.forget();
    if (rule.method === 'round-robin') this.takeTurns(parts);
    else for (let s = 0; s < parts.length; s++) this.add(parts[s], s, rule);
    heap.reset(seed);
    for (let m = 0; m < this.size; m++) heap.offer(this.met[m], this.scores[this.met[m]]);
    heap.sort();
  }

  private add(part: RankedPart, list: number, rule: Exclude<FusionRule, { method: 'round-robin' }>): void {
    const { items, from, to } = part;
    const weight = rule.weights[list];
    if (rule.method === 'reciprocal-rank') {
      // Σ_s w_s / (c + rank_s(item)), rank from 1 (Cormack, Clarke & Büttcher 2009).
      for (let p = from; p < to; p++) this.give(items[p], list, weight / (rule.constant + p - from + 1));
      return;
    }
    if (rule.normalisation === 'rank') {
      for (let p = from; p < to; p++) this.give(items[p], list, weight * (1 - (p - from) / (to - from)));
      return;
    }
    let low = 0;
    let scale = 1;
    if (rule.normalisation === 'min-max') {
      low = Infinity;
      let high = -Infinity;
      for (let p = from; p < to; p++) {
        if (part.scores[p] < low) low = part.scores[p];
        if (part.scores[p] > high) high = part.scores[p];
      }
      // A list of equal scores says only that all are in it: each counts in full.
      if (high > low) scale = 1 / (high - low);
      else low -= 1;
    }
    for (let p = from; p < to; p++) this.give(items[p], list, weight * (part.scores[p] - low) * scale);
  }

  /** The best not yet taken of each list in turn; the score of a place is 1 / place, so that the order stays. */
  private takeTurns(parts: readonly RankedPart[]): void {
    let longest = 0;
    for (const { from, to } of parts) longest = Math.max(longest, to - from);
    const next = Int32Array.from(parts, ({ from }) => from);
    for (let turn = 0; turn < longest; turn++) {
      for (let s = 0; s < parts.length; s++) {
        const { items, to } = parts[s];
        while (next[s] < to && this.lists[items[next[s]]] !== 0) this.give(items[next[s]++], s, 0);
        if (next[s] < to) this.give(items[next[s]++], s, 1 / (this.size + 1));
      }
    }
    // Entries never reached by a turn were taken from another list already.
    for (let s = 0; s < parts.length; s++) {
      for (let p = next[s]; p < parts[s].to; p++) this.give(parts[s].items[p], s, 0);
    }
  }

  private give(item: number, list: number, score: number): void {
    if (this.lists[item] === 0) {
      this.scores[item] = 0;
      if (this.size === this.met.length) {
        const larger = new Int32Array(2 * this.size);
        larger.set(this.met);
        this.met = larger;
      }
      this.met[this.size++] = item;
    }
    this.scores[item] += score;
    this.lists[item] |= 1 << list;
  }

  private forget(): void {
    for (let m = 0; m < this.size; m++) this.lists[this.met[m]] = 0;
    this.size = 0;
  }
}
