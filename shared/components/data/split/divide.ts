import { RunboardError } from '#shared/contract/failure.ts';
import type { Random } from '#shared/contract/random.ts';

/** Which part each row goes to: 0 train, 1 validation, 2 test. */
export type Parts = Uint8Array;

export interface Shares {
  readonly validation: number;
  readonly test: number;
}

/** Rows grouped: group g has rows[offsets[g]] up to, not including, rows[offsets[g + 1]]; ascending within a group. */
export interface Groups {
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
}

export function groupRows(keys: Int32Array, groups: number): Groups {
  const offsets = new Int32Array(groups + 1);
  for (let r = 0; r < keys.length; r++) offsets[keys[r] + 1]++;
  for (let g = 0; g < groups; g++) offsets[g + 1] += offsets[g];
  const next = offsets.slice(0, groups);
  const rows = new Int32Array(keys.length);
  for (let r = 0; r < keys.length; r++) rows[next[keys[r]]++] = r;
  return { offsets, rows };
}

/**
 * How many of n rows go to validation and test. As RecBole does it: shares are rounded down, and a part that would stay
 * empty takes one row from train as long as train keeps at least one. `last` part first.
 */
export function sizesOf(n: number, shares: Shares): { readonly validation: number; readonly test: number } {
  let validation = Math.floor(shares.validation * n + 1e-9);
  let test = Math.floor(shares.test * n + 1e-9);
  let train = n - validation - test;
  if (test === 0 && shares.test > 0 && train > 1) {
    test++;
    train--;
  }
  if (validation === 0 && shares.validation > 0 && train > 1) validation++;
  return { validation, test };
}

/** Rows of each group at random to the parts. */
export function randomWithin(groups: Groups, shares: Shares, random: Random): Parts {
  return eachGroup(groups, shares, (rows) => shuffle(rows, random));
}

/** All rows at random to the parts, whatever group they belong to. */
export function randomRows(count: number, shares: Shares, random: Random): Parts {
  return randomWithin(
    { offsets: Int32Array.of(0, count), rows: Int32Array.from({ length: count }, (_, row) => row) },
    shares,
    random,
  );
}

/** The latest rows of each group to test, those before them to validation. Rows of equal time stay in order. */
export function latestWithin(groups: Groups, shares: Shares, time: Float64Array): Parts {
  return eachGroup(groups, shares, (rows) => sortByTime(rows, time));
}

/** The last `last` rows of each group to test, as many before them to validation where shares.validation is above 0. */
export function leaveLast(groups: Groups, last: number, withValidation: boolean, time: Float64Array): Parts {
  const parts: Parts = new Uint8Array(groups.rows.length);
  for (let g = 0; g + 1 < groups.offsets.length; g++) {
    const rows = sortByTime(groups.rows.slice(groups.offsets[g], groups.offsets[g + 1]), time);
    const test = Math.min(last, Math.max(0, rows.length - 1));
    const validation = withValidation ? Math.min(last, Math.max(0, rows.length - test - 1)) : 0;
    mark(parts, rows, { validation, test });
  }
  return parts;
}

function eachGroup(groups: Groups, shares: Shares, order: (rows: Int32Array) => Int32Array): Parts {
  const parts: Parts = new Uint8Array(groups.rows.length);
  for (let g = 0; g + 1 < groups.offsets.length; g++) {
    const rows = order(groups.rows.slice(groups.offsets[g], groups.offsets[g + 1]));
    mark(parts, rows, sizesOf(rows.length, shares));
  }
  return parts;
}

function mark(parts: Parts, rows: Int32Array, sizes: { readonly validation: number; readonly test: number }): void {
  const testFrom = rows.length - sizes.test;
  for (let i = testFrom - sizes.validation; i < rows.length; i++) parts[rows[i]] = i >= testFrom ? 2 : 1;
}

/** Whole groups at random to the parts. */
export function randomGroups(keys: Int32Array, groups: number, shares: Shares, random: Random): Parts {
  const order = shuffle(
    Int32Array.from({ length: groups }, (_, g) => g),
    random,
  );
  const ofGroup = new Uint8Array(groups);
  mark(ofGroup, order, sizesOf(groups, shares));
  return Uint8Array.from(keys, (group) => ofGroup[group]);
}

/** Everything from two moments on: nothing in a part is earlier than anything in the part before it. */
export function afterMoments(
  time: Float64Array,
  shares: Shares,
): { readonly parts: Parts; readonly moments: readonly [number, number] } {
  const sorted = time.slice().sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - share) + 1e-9))];
  const testFrom = shares.test > 0 ? at(shares.test) : Infinity;
  const validationFrom = shares.validation > 0 ? Math.min(at(shares.test + shares.validation), testFrom) : testFrom;
  if (sorted[0] >= validationFrom) {
    throw new RunboardError('bad-data', 'no event is early enough to be learned from', {
      where: 'global-time',
      remedy: 'lower the shares, or use another method: too many events have the same time',
    });
  }
  const parts = Uint8Array.from(time, (moment) => (moment >= testFrom ? 2 : moment >= validationFrom ? 1 : 0));
  return { parts, moments: [validationFrom, testFrom] };
}

function sortByTime(rows: Int32Array, time: Float64Array): Int32Array {
  for (let i = 1; i < rows.length; i++) {
    if (time[rows[i]] < time[rows[i - 1]]) return rows.sort((a, b) => time[a] - time[b] || a - b);
  }
  return rows;
}

function shuffle(rows: Int32Array, random: Random): Int32Array {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = rows[i];
    rows[i] = rows[j];
    rows[j] = kept;
  }
  return rows;
}
