import type { Candidates, Requests, Split } from '#shared/contract/values.ts';

/** Collects the items of one request after another into a Candidates value. */
export class CandidateLists {
  private readonly split: Split;
  private readonly requests: Requests;
  private readonly offsets: Int32Array;
  private items: Int32Array;
  private scores: Float32Array;
  private next = 0;
  private filled = 0;

  /** `expected` is a guess of the number of items per request; the room grows when it is too small. */
  constructor(split: Split, requests: Requests, expected: number) {
    this.split = split;
    this.requests = requests;
    this.offsets = new Int32Array(requests.user.length + 1);
    const room = Math.max(16, Math.ceil(requests.user.length * expected));
    this.items = new Int32Array(room);
    this.scores = new Float32Array(room);
  }

  /** Adds the list of the next request: `count` items, best first. */
  add(items: Int32Array, scores: Float32Array, count = items.length): void {
    if (this.filled + count > this.items.length) this.grow(this.filled + count);
    this.items.set(count === items.length ? items : items.subarray(0, count), this.filled);
    this.scores.set(count === scores.length ? scores : scores.subarray(0, count), this.filled);
    this.filled += count;
    this.offsets[++this.next] = this.filled;
  }

  private grow(needed: number): void {
    const room = Math.max(needed, this.items.length * 2);
    const items = new Int32Array(room);
    const scores = new Float32Array(room);
    items.set(this.items.subarray(0, this.filled));
    scores.set(this.scores.subarray(0, this.filled));
    this.items = items;
    this.scores = scores;
  }

  /** All lists, as proposed by the one retriever `source`. Throws when requests are missing. */
  finish(source: string, type: Candidates['type'] = 'candidates'): Candidates {
    if (this.next !== this.requests.user.length) {
      throw new Error(`${this.next} of ${this.requests.user.length} requests were given a list`);
    }
    return {
      type,
      split: this.split,
      requests: this.requests,
      offsets: this.offsets,
      items: this.items.slice(0, this.filled),
      scores: this.scores.slice(0, this.filled),
      sources: [source],
      source: new Uint32Array(this.filled).fill(1),
      propensity: null,
      reason: null,
      reasons: [],
    };
  }
}

/**
 * New lists made of entries of `from`: `chosen` holds positions in from.items, request by request as `offsets` says.
 * Sources, propensities and reasons come along; scores are taken from `scores` where given.
 */
export function rearranged(
  from: Candidates,
  offsets: Int32Array,
  chosen: Int32Array,
  changes: { type?: Candidates['type']; scores?: Float32Array } = {},
): Candidates {
  const items = new Int32Array(chosen.length);
  const scores = changes.scores ?? new Float32Array(chosen.length);
  const source = new Uint32Array(chosen.length);
  const propensity = from.propensity === null ? null : new Float32Array(chosen.length);
  const reason = from.reason === null ? null : new Uint8Array(chosen.length);
  for (let i = 0; i < chosen.length; i++) {
    const at = chosen[i];
    items[i] = from.items[at];
    if (changes.scores === undefined) scores[i] = from.scores[at];
    source[i] = from.source[at];
    if (propensity !== null && from.propensity !== null) propensity[i] = from.propensity[at];
    if (reason !== null && from.reason !== null) reason[i] = from.reason[at];
  }
  return { ...from, type: changes.type ?? from.type, offsets, items, scores, source, propensity, reason };
}
