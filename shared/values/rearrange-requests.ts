import type { Context } from '#shared/contract/component.ts';
import type { Candidates } from '#shared/contract/values.ts';
import { minMaxInto, rankScoresInto } from '#shared/kernels/normalise-scores.ts';
import { rearranged } from './candidate-lists.ts';

/** The items of one request, best first, as a re-ranker sees them. */
export interface RequestView {
  readonly request: number;
  readonly user: number;
  /** Unix seconds; NaN where the data has no time. */
  readonly time: number;
  /** Where the request's items start in the candidates. */
  readonly start: number;
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

/**
 * Writes positions of `view.items` to `order`, first place first, and a reason (an index into the reasons given, from
 * 1; 0 for none) beside each. Returns how many it wrote: the rest is left out.
 */
export type Placing = (view: RequestView, order: Int32Array, reason: Uint8Array) => number;

export interface Rearranging {
  readonly type: Candidates['type'];
  readonly context: Context;
  /** Why items are moved, for people; index 1 is the first. */
  readonly reasons: readonly string[];
}

/** The items of request r, without copying. */
export function requestView(candidates: Candidates, r: number): RequestView {
  const start = candidates.offsets[r];
  const end = candidates.offsets[r + 1];
  return {
    request: r,
    user: candidates.requests.user[r],
    time: candidates.requests.time[r],
    start,
    items: candidates.items.subarray(start, end),
    scores: candidates.scores.subarray(start, end),
  };
}

/**
 * Applies a re-ranker request by request. Scores, sources and propensities go with their items; a reason given here
 * replaces an earlier one. Where candidates come out that are not in order of score (they came from a list), the
 * scores become places counted from the end.
 */
export function rearrangeRequests(candidates: Candidates, rearranging: Rearranging, place: Placing): Candidates {
  const { context, type } = rearranging;
  const requests = candidates.requests.user.length;
  const offsets = new Int32Array(requests + 1);
  const chosen = new Int32Array(candidates.items.length);
  const own = new Uint8Array(candidates.items.length);
  for (let r = 0; r < requests; r++) {
    if (r % 32 === 0) context.progress(r / requests);
    const view = requestView(candidates, r);
    const from = offsets[r];
    const order = chosen.subarray(from, from + view.items.length);
    const kept = place(view, order, own.subarray(from, from + view.items.length));
    for (let i = 0; i < kept; i++) order[i] += view.start;
    offsets[r + 1] = from + kept;
  }
  const total = offsets[requests];
  const out = rearranged(candidates, offsets, chosen.slice(0, total), { type });
  const explained = withReasons(out, own.subarray(0, total), rearranging.reasons);
  return type === 'candidates' ? inOrderOfScore(explained) : explained;
}

/** Adds reasons to those that are there already; index 0 of the result means none. */
function withReasons(from: Candidates, own: Uint8Array, texts: readonly string[]): Candidates {
  if (!own.some((code) => code > 0)) return from;
  const reasons = from.reasons.length === 0 ? [''] : [...from.reasons];
  const codes = texts.map((text) => {
    const known = reasons.indexOf(text);
    return known >= 0 || reasons.length > 255 ? Math.max(0, known) : reasons.push(text) - 1;
  });
  const reason = from.reason === null ? new Uint8Array(own.length) : from.reason.slice();
  for (let i = 0; i < own.length; i++) if (own[i] > 0) reason[i] = codes[own[i] - 1];
  return { ...from, reason, reasons };
}

/** Whether scores never rise. */
function falls(scores: Float32Array): boolean {
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[i - 1]) return false;
  return true;
}

function inOrderOfScore(candidates: Candidates): Candidates {
  let scores: Float32Array | null = null;
  for (let r = 0; r < candidates.requests.user.length; r++) {
    const view = requestView(candidates, r);
    if (falls(view.scores)) continue;
    scores ??= candidates.scores.slice();
    for (let i = 0; i < view.items.length; i++) scores[view.start + i] = view.items.length - i;
  }
  return scores === null ? candidates : { ...candidates, scores };
}

/**
 * Relevance of a request's items in [0, 1]: their scores by min and max or, where they are not in order of score (an
 * earlier re-ranker has moved them), their places. `byPlace` asks for places anyway.
 */
export function relevanceOfView(view: RequestView, byPlace = false): Float64Array {
  const out = new Float64Array(view.items.length);
  return byPlace || !falls(view.scores) ? rankScoresInto(out, out.length) : minMaxInto(out, view.scores);
}

/** Marks with `code` what stands further up than it came in. Returns `kept`, for a Placing to return. */
export function markRaised(order: Int32Array, reason: Uint8Array, kept: number, code: number): number {
  for (let i = 0; i < kept; i++) if (order[i] > i) reason[i] = code;
  return kept;
}
