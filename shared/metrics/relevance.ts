import type { Requests, Split } from '#shared/contract/values.ts';
import { heldOut, hiddenItems } from '#shared/values/history.ts';
import { requestsOfPart } from '#shared/values/requests.ts';

/** What the requests of one part should find. Entry e belongs to request requests[e]. */
export interface Relevance {
  /** Rows of the requests that have something relevant, ascending. */
  readonly requests: Int32Array;
  /** Requests of the part that have nothing relevant: left out of every mean, but counted. */
  readonly withoutPositives: number;
  /** Relevant items of entry e: items[offsets[e]] up to, not including, items[offsets[e + 1]], each once. */
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  /** Largest value of the user's held-out events with the item. */
  readonly grades: Float64Array;
  readonly threshold: number;
}

export interface RelevanceRules {
  readonly part: 1 | 2;
  /** Held-out events below this value are not relevant; -Infinity for all events. */
  readonly threshold: number;
  /** Whether items that the user already has cannot be found, hence are not asked for. */
  readonly hideKnown: boolean;
}

/** Relevant items per request of a part. O(requests + held-out events). */
export function relevanceOf(split: Split, requests: Requests, rules: RelevanceRules): Relevance {
  const asked = requestsOfPart(requests, rules.part);
  const { value } = split.dataset.events;
  const grade = new Float64Array(split.dataset.items.ids.length).fill(NaN);
  const items: number[] = [];
  const grades: number[] = [];
  const kept: number[] = [];
  const offsets: number[] = [0];
  for (const r of asked) {
    const found = heldOut(split, requests, r);
    for (let at = 0; at < found.items.length; at++) {
      const own = value[found.rows[at]];
      if (own >= rules.threshold && !(grade[found.items[at]] >= own)) grade[found.items[at]] = own;
    }
    if (rules.hideKnown) for (const item of hiddenItems(split, requests, r)) grade[item] = NaN;
    for (const item of found.items) {
      if (Number.isNaN(grade[item])) continue;
      items.push(item);
      grades.push(grade[item]);
      grade[item] = NaN;
    }
    if (items.length === offsets[offsets.length - 1]) continue;
    kept.push(r);
    offsets.push(items.length);
  }
  return {
    requests: Int32Array.from(kept),
    withoutPositives: asked.length - kept.length,
    offsets: Int32Array.from(offsets),
    items: Int32Array.from(items),
    grades: Float64Array.from(grades),
    threshold: rules.threshold,
  };
}

/** Only the relevant items that `wanted` marks with 1; requests left with none are left out, and not counted. */
export function relevanceWithin(relevance: Relevance, wanted: Uint8Array): Relevance {
  const kept: number[] = [];
  const offsets: number[] = [0];
  const entries: number[] = [];
  for (let e = 0; e < relevance.requests.length; e++) {
    for (let at = relevance.offsets[e]; at < relevance.offsets[e + 1]; at++) {
      if (wanted[relevance.items[at]] === 1) entries.push(at);
    }
    if (entries.length === offsets[offsets.length - 1]) continue;
    kept.push(relevance.requests[e]);
    offsets.push(entries.length);
  }
  return {
    ...relevance,
    requests: Int32Array.from(kept),
    withoutPositives: 0,
    offsets: Int32Array.from(offsets),
    items: Int32Array.from(entries, (at) => relevance.items[at]),
    grades: Float64Array.from(entries, (at) => relevance.grades[at]),
  };
}
