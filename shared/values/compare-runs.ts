import { bootstrapDifferences, userSums } from '#shared/kernels/bootstrap.ts';
import { holm } from '#shared/kernels/holm.ts';
import { Xoshiro } from '#shared/kernels/random.ts';

/** Values of one metric user by user. */
export interface UserValues {
  /** User indices, each once. */
  readonly users: Int32Array;
  /** Beside them; NaN where the metric is not defined. */
  readonly values: Float32Array;
}

/** What the second run does better or worse than the first, over the users that both have. */
export interface PairedDifference {
  /** Mean of second - first. */
  readonly mean: number;
  /** 95 % bootstrap interval over users. */
  readonly low: number;
  readonly high: number;
  /** Two-sided, by the same bootstrap. */
  readonly p: number;
  /** The same, corrected by Holm for all metrics compared here. */
  readonly pHolm: number;
  readonly users: number;
}

const resamples = 10_000;
/** Draws of users that a comparison may cost in all. */
const budget = 200_000_000;

/**
 * Compares two runs metric by metric, each user with itself: differences between users, which are far larger than those
 * between models, drop out. Every user counts alike, also in metrics whose headline weighs users. Metrics that only one
 * run has, or that share no user, are left out. The same input gives the same numbers.
 */
export function comparePerUser(
  first: ReadonlyMap<string, UserValues>,
  second: ReadonlyMap<string, UserValues>,
): Map<string, PairedDifference> {
  const compared: [string, Omit<PairedDifference, 'pHolm'>][] = [];
  for (const [metric, before] of first) {
    const after = second.get(metric);
    if (after === undefined) continue;
    const pairs = pairUsers(before, after);
    if (pairs.count === 0) continue;
    const times = Math.max(1000, Math.min(resamples, Math.floor(budget / Math.min(pairs.count, 8_000) / first.size)));
    // The same users get the same draws for every metric.
    const random = new Xoshiro(0, 'paired comparison');
    const found = bootstrapDifferences(userSums([pairs.before]), userSums([pairs.after]), times, 0.95, random);
    compared.push([
      metric,
      { mean: found.value[0], low: found.low[0], high: found.high[0], p: found.pValue[0], users: pairs.count },
    ]);
  }
  const adjusted = holm(compared.map(([, { p }]) => p));
  return new Map(compared.map(([metric, found], i) => [metric, { ...found, pHolm: adjusted[i] }]));
}

/** Values of the users for whom both sides are defined, in the order of `before`. */
function pairUsers(
  before: UserValues,
  after: UserValues,
): { before: Float64Array; after: Float64Array; count: number } {
  const place = new Map<number, number>();
  after.users.forEach((user, at) => place.set(user, at));
  const left = new Float64Array(before.users.length);
  const right = new Float64Array(before.users.length);
  let count = 0;
  for (let i = 0; i < before.users.length; i++) {
    const at = place.get(before.users[i]);
    if (at === undefined || Number.isNaN(before.values[i]) || Number.isNaN(after.values[at])) continue;
    left[count] = before.values[i];
    right[count++] = after.values[at];
  }
  return { before: left.subarray(0, count), after: right.subarray(0, count), count };
}
