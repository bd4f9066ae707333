import type { CategoryColumn, Column, Dataset, Table } from '#shared/contract/values.ts';

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
export function profileColumns(dataset: Dataset): Record<string, readonly ColumnProfile[]> {
  const { users, items, events, impressions, examples, roles } = dataset;
  const tables: Record<string, readonly ColumnProfile[]> = {};
  const named = (role: string): string => roles[role] ?? role;
  const id = (role: string, codes: Int32Array, names: readonly string[]): ColumnProfile => ({
    ...profileColumn(named(role), { kind: 'category', codes, names }),
    role,
    kind: 'id',
  });
  const number = (role: string, values: Numbers): ColumnProfile => ({
    ...profileColumn(named(role), { kind: 'number', values }),
    role,
    kind: role === 'time' ? 'time' : 'number',
  });
  const further = (table: Table): ColumnProfile[] =>
    Object.entries(table.columns).map(([name, column]) => ({ ...profileColumn(name, column), role: null }));
  if (dataset.shape === 'events') {
    for (const [table, role, entities] of [
      ['users', 'user', users],
      ['items', 'item', items],
    ] as const) {
      const all = { ...blank(named(role)), role, kind: 'id' as const, distinct: entities.ids.length };
      tables[table] = [all, ...further(entities.table)];
    }
    const ids = [id('user', events.user, users.ids), id('item', events.item, items.ids)];
    tables['events'] = [...ids, number('time', events.time), number('value', events.value), ...further(events.table)];
  }
  if (impressions !== null) {
    tables['impressions'] = [
      id('user', impressions.user, users.ids),
      id('item', impressions.item, items.ids),
      number('time', impressions.time),
      number('impression.position', impressions.position),
      number('impression.propensity', impressions.propensity),
      number('impression.click', impressions.click),
      ...further(impressions.table),
    ];
  }
  if (examples !== null) {
    const time = examples.time === null ? [] : [number('time', examples.time)];
    tables['examples'] = [number('label', examples.label), ...time, ...further(examples.table)];
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

function profileColumn(name: string, column: Column): ColumnProfile {
  const none = { ...blank(name), kind: column.kind };
  switch (column.kind) {
    case 'number':
      return { ...none, ...figuresOf(column.values) };
    case 'category':
      return { ...none, ...countCodes(column) };
    case 'tags': {
      let missing = 0;
      for (let r = 0; r + 1 < column.offsets.length; r++) if (column.offsets[r] === column.offsets[r + 1]) missing++;
      return { ...none, ...countCodes(column), missing };
    }
    case 'text':
      return { ...none, missing: column.values.reduce((sum, text) => sum + (text === '' ? 1 : 0), 0) };
    default:
      return none;
  }
}

function countCodes({
  codes,
  names,
}: Pick<CategoryColumn, 'codes' | 'names'>): Pick<ColumnProfile, 'missing' | 'distinct' | 'top'> {
  const counts = new Int32Array(names.length);
  let missing = 0;
  for (let r = 0; r < codes.length; r++) {
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
export function figuresOf(values: Numbers): Figures {
  const different = new Set<number>();
  let missing = 0;
  let minimum = Infinity;
  let maximum = -Infinity;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
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
