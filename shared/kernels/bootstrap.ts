import { type Random, shuffle } from './random.ts';

/*
 * Percentile bootstrap over users (Efron 1979). A metric is a ratio of sums over users, Σ numerator / Σ weight: a
 * plain mean has weight 1, a user for whom the metric is undefined has weight 0, GAUC has weight = positives.
 * Several metrics are resampled together: each resample draws users once, and reads their row of all metrics.
 */

/** Rows of `columns` numerators and of as many weights, user after user. */
export interface UserSums {
  readonly users: number;
  readonly columns: number;
  readonly numerators: Float64Array;
  readonly weights: Float64Array;
}

/** Sums from per-user values, one array per metric; NaN marks a user to be left out. Weights default to 1. */
export function userSums(values: readonly Float64Array[], weights?: readonly (Float64Array | undefined)[]): UserSums {
  const columns = values.length;
  const users = columns === 0 ? 0 : values[0].length;
  const sums = {
    users,
    columns,
    numerators: new Float64Array(users * columns),
    weights: new Float64Array(users * columns),
  };
  for (let column = 0; column < columns; column++) {
    const own = values[column];
    const weight = weights?.[column];
    for (let user = 0; user < users; user++) {
      if (Number.isNaN(own[user])) continue;
      const at = user * columns + column;
      sums.weights[at] = weight === undefined ? 1 : weight[user];
      sums.numerators[at] = own[user] * sums.weights[at];
    }
  }
  return sums;
}

/** Σ numerator / Σ weight per column; NaN where no user counts. */
export function ratioEstimates(sums: UserSums): Float64Array {
  const out = new Float64Array(sums.columns);
  for (let column = 0; column < sums.columns; column++) {
    let numerator = 0;
    let weight = 0;
    for (let at = column; at < sums.numerators.length; at += sums.columns) {
      numerator += sums.numerators[at];
      weight += sums.weights[at];
    }
    out[column] = numerator / weight;
  }
  return out;
}

/** Rows of numerators and of those weights that are not 1 for every user, and where each column's weight is (-1: users). */
interface PackedRows {
  readonly width: number;
  readonly rows: Float64Array;
  readonly weightAt: Int32Array;
}

function packRows({ users, columns, numerators, weights }: UserSums): PackedRows {
  const weightAt = new Int32Array(columns).fill(-1);
  let width = columns;
  for (let column = 0; column < columns; column++) {
    let at = column;
    while (at < weights.length && weights[at] === 1) at += columns;
    if (at < weights.length) weightAt[column] = width++;
  }
  const rows = new Float64Array(users * width);
  for (let user = 0; user < users; user++) {
    for (let column = 0; column < columns; column++) {
      rows[user * width + column] = numerators[user * columns + column];
      if (weightAt[column] >= 0) rows[user * width + weightAt[column]] = weights[user * columns + column];
    }
  }
  return { width, rows, weightAt };
}

/** Bootstrap estimates, `resamples` per column, column after column: out[column * resamples + resample]. */
export function bootstrapEstimates(sums: UserSums, resamples: number, random: Random): Float64Array {
  const { users, columns } = sums;
  const { width, rows, weightAt } = packRows(sums);
  const out = new Float64Array(columns * resamples);
  const totals = new Float64Array(width);
  const scale = users / 4294967296;
  for (let resample = 0; resample < resamples; resample++) {
    totals.fill(0);
    for (let draw = 0; draw < users; draw++) {
      // Multiply-shift instead of rejection: off from uniform by less than users / 2^32.
      const at = Math.floor(random.bits() * scale) * width;
      for (let c = 0; c < width; c++) totals[c] += rows[at + c];
    }
    for (let column = 0; column < columns; column++) {
      out[column * resamples + resample] = totals[column] / (weightAt[column] < 0 ? users : totals[weightAt[column]]);
    }
  }
  return out;
}

/** Above twice this many users they are dealt to this many groups, and groups are resampled. */
const groupsOfMany = 4_000;

/**
 * Many users dealt at random to groups of equal size (give or take one), their sums added up: resampling groups gives
 * the same interval as resampling users (their sums are as independent; the width has a relative error of about
 * 1 / √(2 · 4000) = 1 %) at a cost that no longer grows with users. Fewer users are left as they are.
 */
function dealUsers(sums: UserSums, random: Random): UserSums {
  if (sums.users <= 2 * groupsOfMany) return sums;
  const { columns } = sums;
  const numerators = new Float64Array(groupsOfMany * columns);
  const weights = new Float64Array(groupsOfMany * columns);
  const order = shuffle(
    Int32Array.from({ length: sums.users }, (_, user) => user),
    random,
  );
  for (let at = 0; at < order.length; at++) {
    const from = order[at] * columns;
    const to = (at % groupsOfMany) * columns;
    for (let column = 0; column < columns; column++) {
      numerators[to + column] += sums.numerators[from + column];
      weights[to + column] += sums.weights[from + column];
    }
  }
  return { users: groupsOfMany, columns, numerators, weights };
}

/** Quantile of ascending values by linear interpolation (R type 7). NaN when empty. */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  const at = (sorted.length - 1) * probability;
  const below = Math.floor(at);
  const above = Math.ceil(at);
  return sorted.length === 0 ? NaN : sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/** An interval per column. */
export interface Intervals {
  readonly value: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Central percentile intervals of mass `level` (0.95) for every column. */
export function bootstrapIntervals(sums: UserSums, resamples: number, level: number, random: Random): Intervals {
  const estimates = bootstrapEstimates(dealUsers(sums, random), resamples, random);
  const low = new Float64Array(sums.columns);
  const high = new Float64Array(sums.columns);
  for (let column = 0; column < sums.columns; column++) {
    const own = sortedFinite(estimates.subarray(column * resamples, (column + 1) * resamples));
    low[column] = quantileOfSorted(own, (1 - level) / 2);
    high[column] = quantileOfSorted(own, (1 + level) / 2);
  }
  return { value: ratioEstimates(sums), low, high };
}

/** Resamples without any counting user have no estimate and are left out. */
function sortedFinite(estimates: Float64Array): Float64Array {
  return estimates.filter((estimate) => !Number.isNaN(estimate)).sort();
}

/** Differences second - first per metric, with interval and two-sided p-value. */
export interface PairedDifferences extends Intervals {
  /** 2 · min(share <= 0, share >= 0) of bootstrap differences, with one added to each count; agrees with the interval up to 1 / resamples. */
  readonly pValue: Float64Array;
}

/**
 * Paired bootstrap of two runs over the same users in the same order: both are measured on each resample.
 * Columns of `first` and `second` are the same metrics.
 */
export function bootstrapDifferences(
  first: UserSums,
  second: UserSums,
  resamples: number,
  level: number,
  random: Random,
): PairedDifferences {
  const both = interleave(first, second);
  const estimates = bootstrapEstimates(dealUsers(both, random), resamples, random);
  const point = ratioEstimates(both);
  const columns = first.columns;
  const [value, low, high, pValue] = [0, 1, 2, 3].map(() => new Float64Array(columns));
  for (let column = 0; column < columns; column++) {
    const differences = new Float64Array(resamples);
    for (let i = 0; i < resamples; i++) {
      differences[i] = estimates[(columns + column) * resamples + i] - estimates[column * resamples + i];
    }
    const own = sortedFinite(differences);
    let negative = 0;
    let positive = 0;
    for (let i = 0; i < own.length; i++) {
      if (own[i] <= 0) negative++;
      if (own[i] >= 0) positive++;
    }
    value[column] = point[columns + column] - point[column];
    low[column] = quantileOfSorted(own, (1 - level) / 2);
    high[column] = quantileOfSorted(own, (1 + level) / 2);
    pValue[column] = own.length === 0 ? NaN : Math.min(1, (2 * (Math.min(negative, positive) + 1)) / (own.length + 1));
  }
  return { value, low, high, pValue };
}

/** Rows of `first` followed by rows of `second`, user by user. */
function interleave(first: UserSums, second: UserSums): UserSums {
  const columns = first.columns + second.columns;
  const numerators = new Float64Array(first.users * columns);
  const weights = new Float64Array(first.users * columns);
  for (let user = 0; user < first.users; user++) {
    const a = user * first.columns;
    const b = user * second.columns;
    numerators.set(first.numerators.subarray(a, a + first.columns), user * columns);
    numerators.set(second.numerators.subarray(b, b + second.columns), user * columns + first.columns);
    weights.set(first.weights.subarray(a, a + first.columns), user * columns);
    weights.set(second.weights.subarray(b, b + second.columns), user * columns + first.columns);
  }
  return { users: first.users, columns, numerators, weights };
}
