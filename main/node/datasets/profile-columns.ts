import type { CategoryColumn, Column, Dataset, Table } from '#shared/contract/values.ts';
import { stretch, type Pause } from './pauses.ts';

/** What is known of a column without looking at its rows. */
export interface ColumnProfile {
  readonly name: string;
  /** The part it plays in the data set; null for a further column. */
  readonly role: string | null;
  readonly kind: Column['kind'] | 'id' | 'time';
  readonly missing: number;
  /** Number of different values; null for free text and where there are too many numbers to count. */
  readonly distinct: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly mean: number | null;
  /** Most frequent values with their counts, of ids, categories and tags. */
  readonly top: readonly (readonly [string, number])[];
  /** Counts over equal-width bins from minimum to maximum, of numbers and times. */
  readonly histogram: readonly number[];
}

type Numbers = Float32Array | Float64Array | Int32Array;
type Figures = Pick<ColumnProfile, 'missing' | 'distinct' | 'minimum' | 'maximum' | 'mean' | 'histogram'>;

/** Different numbers are counted up to here; above, the count is not worth its memory. */
const mostDistinct = 100_000;
const bins = 20;
const topCount = 10;

/** Profiles of the columns of each table that a data set has, by table. */
export async function profileColumns(
  dataset: Dataset,
  pause: Pause,
): Promise<Record<string, readonly ColumnProfile[]>> {
  const { users, items, events, impressions, examples, roles } = dataset;
  const tables: Record<string, readonly ColumnProfile[]> = {};
  const named = (role: string): string => roles[role] ?? role;
  const id = async (role: string, codes: Int32Array, names: readonly string[]): Promise<ColumnProfile> => ({
    ...(await profileColumn(named(role), { kind: 'category', codes, names }, pause)),
    role,
    kind: 'id',
  });
  const number = async (role: string, values: Numbers): Promise<ColumnProfile> => ({
    ...(await profileColumn(named(role), { kind: 'number', values }, pause)),
    role,
    kind: role === 'time' ? 'time' : 'number',
  });
  const further = async (table: Table): Promise<ColumnProfile[]> => {
    const all: ColumnProfile[] = [];
    for (const [name, column] of Object.entries(table.columns))
      all.push({ ...(await profileColumn(name, column, pause)), role: null });
    return all;
  };
  if (dataset.shape === 'events') {
    for (const [table, role, entities] of [
      ['users', 'user', users],
      ['items', 'item', items],
    ] as const) {
      const all = { ...blank(named(role)), role, kind: 'id' as const, distinct: entities.ids.length };
      tables[table] = [all, ...(await further(entities.table))];
    }
    const ids = [await id('user', events.user, users.ids), await id('item', events.item, items.ids)];
    tables['events'] = [
      ...ids,
      await number('time', events.time),
      await number('value', events.value),
      ...(await further(events.table)),
    ];
  }
  if (impressions !== null) {
    tables['impressions'] = [
      await id('user', impressions.user, users.ids),
      await id('item', impressions.item, items.ids),
      await number('time', impressions.time),
      await number('impression.position', impressions.position),
      await number('impression.propensity', impressions.propensity),
      await number('impression.click', impressions.click),
      ...(await further(impressions.table)),
    ];
  }
  if (examples !== null) {
    const time = examples.time === null ? [] : [await number('time', examples.time)];
    tables['examples'] = [await number('label', examples.label), ...time, ...(await further(examples.table))];
  }
  return tables;
}

function blank(name: string): ColumnProfile {
  return {
    name,
    role: null,
    kind: 'text',
    missing: 0,
    distinct: null,
    minimum: null,
    maximum: null,
    mean: null,
    top: [],
    histogram: [],
  };
}

async function profileColumn(name: string, column: Column, pause: Pause): Promise<ColumnProfile> {
  const none = { ...blank(name), kind: column.kind };
  switch (column.kind) {
    case 'number':
      return { ...none, ...(await figuresOf(column.values, pause)) };
    case 'category':
      return { ...none, ...(await countCodes(column, pause)) };
    case 'tags': {
      let missing = 0;
      for (let r = 0; r + 1 < column.offsets.length; r++) if (column.offsets[r] === column.offsets[r + 1]) missing++;
      return { ...none, ...(await countCodes(column, pause)), missing };
    }
    case 'text':
      return { ...none, missing: column.values.reduce((sum, text) => sum + (text === '' ? 1 : 0), 0) };
    default:
      return none;
  }
}

async function countCodes(
  { codes, names }: Pick<CategoryColumn, 'codes' | 'names'>,
  pause: Pause,
): Promise<Pick<ColumnProfile, 'missing' | 'distinct' | 'top'>> {
  const counts = new Int32Array(names.length);
  let missing = 0;
  for (let r = 0; r < codes.length; r++) {
    if (r % stretch === 0) await pause();
    if (codes[r] < 0) missing++;
    else counts[codes[r]]++;
  }
  let distinct = 0;
  const top: number[] = [];
  for (let code = 0; code < counts.length; code++) {
    if (counts[code] === 0) continue;
    distinct++;
    if (top.length === topCount && counts[code] <= counts[top[topCount - 1]]) continue;
    top.push(code);
    top.sort((a, b) => counts[b] - counts[a] || a - b);
    if (top.length > topCount) top.pop();
  }
  return { missing, distinct, top: top.map((code) => [names[code], counts[code]] as const) };
}

/** Range, mean, number of different values and distribution of numbers; NaN counts as missing. */
export async function figuresOf(values: Numbers, pause: Pause): Promise<Figures> {
  const different = new Set<number>();
  let missing = 0;
  let minimum = Infinity;
  let maximum = -Infinity;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (i % stretch === 0) await pause();
    const value = values[i];
    if (Number.isNaN(value)) {
      missing++;
      continue;
    }
    if (different.size <= mostDistinct) different.add(value);
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    sum += value;
  }
  const present = values.length - missing;
  const distinct = different.size > mostDistinct ? null : different.size;
  if (present === 0) return { missing, distinct, minimum: null, maximum: null, mean: null, histogram: [] };
  return { missing, distinct, minimum, maximum, mean: sum / present, histogram: histogramOf(values, minimum, maximum) };
}

function histogramOf(values: Numbers, minimum: number, maximum: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  const scale = maximum > minimum ? bins / (maximum - minimum) : 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) counts[Math.min(bins - 1, Math.floor((values[i] - minimum) * scale))]++;
  }
  return counts;
}
