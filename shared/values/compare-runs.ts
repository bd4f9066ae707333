import type { Difference } from '#shared/contract/comparisons.ts';
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
): Map<string, Difference> {
  const groups: Pairs[] = [];
  for (const [metric, before] of first) {
    const after = second.get(metric);
    if (after === undefined) continue;
    const pairs = pairUsers(before, after);
    if (pairs.users.length === 0) continue;
    let group = groups.find((one) => sameUsers(one.users, pairs.users));
    if (group === undefined) groups.push((group = { users: pairs.users, metrics: [], before: [], after: [] }));
    group.metrics.push(metric);
    group.before.push(pairs.before);
    group.after.push(pairs.after);
  }
  const compared = new Map<string, Omit<Difference, 'pHolm'>>();
  for (const { users, metrics, before, after } of groups) {
    const times = Math.max(1000, Math.min(resamples, Math.floor(budget / Math.min(users.length, 8_000) / first.size)));
    // The same users get the same draws for every metric, hence all of them are resampled at once.
    const random = new Xoshiro(0, 'paired comparison');
    const found = bootstrapDifferences(userSums(before), userSums(after), times, 0.95, random);
    metrics.forEach((metric, at) => {
      const { value, low, high, pValue } = found;
      compared.set(metric, { mean: value[at], low: low[at], high: high[at], p: pValue[at], users: users.length });
    });
  }
  const ordered = [...first.keys()].flatMap((metric) => {
    const found = compared.get(metric);
    return found === undefined ? [] : [[metric, found] as const];
  });
  const adjusted = holm(ordered.map(([, { p }]) => p));
  return new Map(ordered.map(([metric, found], i) => [metric, { ...found, pHolm: adjusted[i] }]));
}

/** Metrics that are defined for the same users. */
interface Pairs {
  readonly users: Int32Array;
  readonly metrics: string[];
  readonly before: Float64Array[];
  readonly after: Float64Array[];
}

function sameUsers(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((user, at) => user === b[at]);
}

/** Values of the users for whom both sides are defined, in the order of `before`. */
function pairUsers(
  before: UserValues,
  after: UserValues,
): { users: Int32Array; before: Float64Array; after: Float64Array } {
  const place = new Map<number, number>();
  after.users.forEach((user, at) => place.set(user, at));
  const users = new Int32Array(before.users.length);
  const left = new Float64Array(before.users.length);
  const right = new Float64Array(before.users.length);
  let count = 0;
  for (let i = 0; i < before.users.length; i++) {
    const at = place.get(before.users[i]);
    if (at === undefined || Number.isNaN(before.values[i]) || Number.isNaN(after.values[at])) continue;
    users[count] = before.users[i];
    left[count] = before.values[i];
    right[count++] = after.values[at];
  }
  return { users: users.subarray(0, count), before: left.subarray(0, count), after: right.subarray(0, count) };
}
