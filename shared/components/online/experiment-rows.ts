import { RunboardError } from '#shared/contract/failure.ts';
import type { Column, Dataset, Impressions } from '#shared/contract/values.ts';
import { thousands } from '#shared/contract/thousands.ts';
import { outcomesOf } from './experiment-outcomes.ts';

/** A log of an experiment, read and checked: one row per impression, units (users) numbered from 0. */
export interface ExperimentRows {
  readonly rows: number;
  readonly units: number;
  readonly unit: Int32Array;
  /** User of the data set behind a unit. */
  readonly userOf: Int32Array;
  /** Arm of a row; -1 for rows from before the unit entered. */
  readonly arm: Int32Array;
  /** Arm of a unit; -1 for units that never entered. */
  readonly armOf: Int32Array;
  /** Names of the arms, the control first. */
  readonly names: readonly string[];
  /** Day of a row, counted from the first day of the experiment; negative before. */
  readonly day: Int32Array;
  readonly days: number;
  /** Outcomes per row: click, and whatever of conversion, revenue, dwell, hidden, latency, distinct the log has. */
  readonly columns: Readonly<Record<string, ArrayLike<number>>>;
  /** What was left out, for people. */
  readonly notes: readonly string[];
}

export interface ReadOptions {
  /** Column of the impressions that names the variant. */
  readonly variant: string;
  /** Name of the control; the first variant where empty. */
  readonly control: string;
  /** What to do with users that were in several variants, and with repeated rows. */
  readonly faulty: 'refuse' | 'leave out';
  /** Whether revenue below 0 is a refund, not a mistake. */
  readonly refunds: boolean;
  /** Columns of outcomes that are not called by their own names. */
  readonly outcomes?: Readonly<Record<string, string>>;
}

/** With more values than this a column does not name variants. */
const mostVariants = 100;

/** Reads an experiment's log. Throws RunboardError 'bad-data' where no number could be trusted. */
export function readExperiment(dataset: Dataset, options: ReadOptions): ExperimentRows {
  const { impressions } = dataset;
  if (impressions === null || impressions.user.length === 0) {
    throw new RunboardError('bad-data', `${dataset.name} has no impressions`, {
      remedy: 'wire a user simulator, or import a log of what was shown with its variant',
    });
  }
  const { codes, names } = variantColumn(impressions, options);
  const notes: string[] = [];
  checkTimes(impressions.time);
  checkUsers(dataset, impressions);
  const repeated = repeatedRows(impressions);
  const kept = new Uint8Array(codes.length).fill(1);
  leaveOut(kept, repeated, 'repeated rows', options, notes);
  const crossing = crossingUsers(impressions.user, codes, dataset.users.ids.length);
  let crossed = 0;
  for (const one of crossing) crossed += one;
  leaveOutUsers(kept, impressions.user, crossing, crossed, options, notes);
  const rows = keptRows(kept);
  const columns = outcomesOf(dataset, impressions, rows, options);
  return { ...number(impressions, codes, rows, names), columns, notes };
}

function variantColumn(impressions: Impressions, options: ReadOptions): { codes: Int32Array; names: string[] } {
  const column = impressions.table.columns[options.variant];
  const encoded = column === undefined ? null : encodedNames(column);
  if (encoded === null) {
    const has = Object.keys(impressions.table.columns).join(', ') || 'none';
    throw new RunboardError(
      'bad-data',
      `the impressions have no column ${options.variant} that names the variant (columns: ${has})`,
      { where: options.variant, remedy: 'name the column in the parameters' },
    );
  }
  const { codes, names } = encoded;
  if (names.length > mostVariants) {
    throw new RunboardError('bad-data', `the column ${options.variant} holds ${names.length} different values`, {
      where: options.variant,
      remedy: 'name a column that says which variant a row belongs to',
    });
  }
  const used = names.map(() => 0);
  for (const code of codes) if (code >= 0) used[code]++;
  const present = names.flatMap((name, code) => (used[code] > 0 ? [{ name, code }] : []));
  if (present.length < 2) {
    throw new RunboardError(
      'bad-data',
      `the log holds ${present.length === 0 ? 'no variant' : `one variant only (${present[0].name})`}`,
      { where: options.variant, remedy: 'a comparison needs two variants' },
    );
  }
  const control = options.control === '' ? present[0].name : options.control;
  const first = present.findIndex((one) => one.name === control);
  if (first < 0)
    throw new RunboardError('bad-parameter', `there is no variant ${control} in the log`, {
      where: 'control',
      remedy: `choose one of ${present.map((one) => one.name).join(', ')}`,
    });
  present.unshift(...present.splice(first, 1));
  const place = new Int32Array(names.length).fill(-1);
  present.forEach((one, at) => (place[one.code] = at));
  return { codes: codes.map((code) => (code < 0 ? -1 : place[code])), names: present.map((one) => one.name) };
}

/** A column as codes of names; null for columns that cannot name anything. Missing numbers and empty texts have code -1. */
function encodedNames(column: Column): { codes: Int32Array; names: readonly string[] } | null {
  if (column.kind === 'category') return column;
  if (column.kind !== 'number' && column.kind !== 'text') return null;
  const values: ArrayLike<number | string> = column.values;
  const codeOf = new Map<number | string, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = values[row];
    if (value === '' || Number.isNaN(value)) {
      codes[row] = -1;
      continue;
    }
    let code = codeOf.get(value);
    if (code === undefined) codeOf.set(value, (code = codeOf.size));
    codes[row] = code;
  }
  // In order of value, not of first appearance, so that the order of rows does not decide which variant is the control.
  const distinct = [...codeOf.keys()];
  const sorted = [...distinct].sort((one, other) => (one < other ? -1 : 1));
  const place = Int32Array.from(distinct, (value) => sorted.indexOf(value));
  return { codes: codes.map((code) => (code < 0 ? -1 : place[code])), names: sorted.map(String) };
}

function checkTimes(time: Float64Array): void {
  let missing = 0;
  for (const one of time) if (!Number.isFinite(one)) missing++;
  if (missing > 0)
    throw new RunboardError('bad-data', `${missing} of ${time.length} impressions have no time`, {
      where: 'time',
      remedy: 'map the time column: days and novelty cannot be told without it',
    });
}

/** The id that a data set gives to whoever acted where it does not say. */
const nobody = 'anonymous';

function checkUsers(dataset: Dataset, impressions: Impressions): void {
  const unknown = dataset.users.ids.indexOf(nobody);
  if (unknown < 0) return;
  let missing = 0;
  for (const user of impressions.user) if (user === unknown) missing++;
  if (missing > 0)
    throw new RunboardError('bad-data', `${missing} of ${impressions.user.length} impressions have no user`, {
      where: 'user',
      remedy: 'map the user column, and leave out rows of nobody: users are what is randomised and counted',
    });
}

/** Marks rows that repeat an earlier one: same request and position, or same user, item and time where these are unknown. */
function repeatedRows(impressions: Impressions): Uint8Array {
  const { request, position, user, item, time } = impressions;
  const marked = new Uint8Array(request.length);
  const seen = new Set<string>();
  let last = -1;
  let widest = 0;
  for (let row = 0; row < request.length; row++) {
    last = Math.max(last, request[row]);
    widest = Math.max(widest, position[row]);
  }
  const cells = (last + 1) * (widest + 1);
  const taken = cells > 0 && cells < 2 ** 33 ? new Uint32Array(Math.ceil(cells / 32)) : null;
  for (let row = 0; row < request.length; row++) {
    if (taken !== null && request[row] >= 0 && position[row] > 0) {
      const cell = request[row] * (widest + 1) + position[row];
      const bit = 1 << (cell % 32);
      const word = Math.floor(cell / 32);
      if ((taken[word] & bit) !== 0) marked[row] = 1;
      taken[word] |= bit;
      continue;
    }
    const told = `${user[row]} ${item[row]} ${time[row]} ${position[row]}`;
    if (seen.has(told)) marked[row] = 1;
    seen.add(told);
  }
  return marked;
}

function leaveOut(kept: Uint8Array, marked: Uint8Array, what: string, options: ReadOptions, notes: string[]): void {
  let count = 0;
  for (const one of marked) count += one;
  if (count === 0) return;
  if (options.faulty === 'refuse') {
    throw new RunboardError('bad-data', `${count} of ${marked.length} impressions are ${what}`, {
      remedy: "remove them, or set faulty to 'leave out'",
    });
  }
  for (let row = 0; row < kept.length; row++) if (marked[row] === 1) kept[row] = 0;
  notes.push(`${thousands(count)} ${what} were left out`);
}

/** Marks users with rows in more than one arm. */
function crossingUsers(user: Int32Array, codes: Int32Array, users: number): Uint8Array {
  const first = new Int32Array(users).fill(-1);
  const crossing = new Uint8Array(users);
  for (let row = 0; row < user.length; row++) {
    if (codes[row] < 0) continue;
    if (first[user[row]] < 0) first[user[row]] = codes[row];
    else if (first[user[row]] !== codes[row]) crossing[user[row]] = 1;
  }
  return crossing;
}

function leaveOutUsers(
  kept: Uint8Array,
  user: Int32Array,
  crossing: Uint8Array,
  count: number,
  options: ReadOptions,
  notes: string[],
): void {
  if (count === 0) return;
  if (options.faulty === 'refuse') {
    throw new RunboardError('bad-data', `${count} users were in more than one variant`, {
      where: options.variant,
      remedy: "repair the assignment, or set faulty to 'leave out' to analyse the others",
    });
  }
  for (let row = 0; row < kept.length; row++) if (crossing[user[row]] === 1) kept[row] = 0;
  notes.push(`${thousands(count)} users that were in more than one variant were left out`);
}

function keptRows(kept: Uint8Array): Int32Array {
  let count = 0;
  for (const one of kept) count += one;
  const rows = new Int32Array(count);
  for (let row = 0, next = 0; row < kept.length; row++) if (kept[row] === 1) rows[next++] = row;
  return rows;
}

function number(
  impressions: Impressions,
  codes: Int32Array,
  rows: Int32Array,
  names: readonly string[],
): Omit<ExperimentRows, 'columns' | 'notes'> {
  let start = Infinity;
  let users = 0;
  for (const row of rows) {
    users = Math.max(users, impressions.user[row] + 1);
    if (codes[row] >= 0) start = Math.min(start, impressions.time[row]);
  }
  if (start === Infinity)
    throw new RunboardError('bad-data', 'no rows are left to analyse', {
      remedy: 'repair the log: every user was in more than one variant',
    });
  start = Math.floor(start / 86_400) * 86_400;
  const unitOf = new Int32Array(users).fill(-1);
  const userOf: number[] = [];
  const unit = new Int32Array(rows.length);
  const arm = new Int32Array(rows.length);
  const day = new Int32Array(rows.length);
  let days = 0;
  for (let i = 0; i < rows.length; i++) {
    const user = impressions.user[rows[i]];
    if (unitOf[user] < 0) unitOf[user] = userOf.push(user) - 1;
    unit[i] = unitOf[user];
    arm[i] = codes[rows[i]];
    day[i] = Math.floor((impressions.time[rows[i]] - start) / 86_400);
    if (arm[i] >= 0) days = Math.max(days, day[i] + 1);
  }
  const armOf = new Int32Array(userOf.length).fill(-1);
  for (let i = 0; i < rows.length; i++) if (arm[i] >= 0) armOf[unit[i]] = arm[i];
  return {
    rows: rows.length,
    units: userOf.length,
    unit,
    userOf: Int32Array.from(userOf),
    arm,
    armOf,
    names,
    day,
    days,
  };
}
