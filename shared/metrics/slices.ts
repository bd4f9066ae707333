import { RunboardError } from '#shared/contract/failure.ts';
import type { Column, Dataset, Split, Table } from '#shared/contract/values.ts';
import { historyOf } from '#shared/values/history.ts';
import { headOf } from './list-world.ts';

/** A part of the users or of the items: 1 where somebody or something belongs to it. */
export interface Slice {
  /** As "activity: top third", "user.gender: F". */
  readonly name: string;
  readonly of: 'users' | 'items';
  readonly members: Uint8Array;
}

/** More parts than these make no table that a person reads: the largest are taken. */
const mostParts = 12;

/**
 * The slices that a word asks for: "activity" (users by number of training events), "popularity" (items in the head
 * or the long tail), "user.<column>" or "item.<column>". Numbers are cut into thirds. Throws bad-parameter on others.
 */
export function slicesCalled(word: string, split: Split): Slice[] {
  const { dataset } = split;
  const train = historyOf(split, 'train');
  if (word === 'activity') {
    const events = Float64Array.from(dataset.users.ids, (_, user) => train.offsets[user + 1] - train.offsets[user]);
    return thirds('activity', 'users', events);
  }
  if (word === 'popularity') {
    const counts = new Int32Array(dataset.items.ids.length);
    for (const item of train.items) counts[item]++;
    const head = headOf(counts);
    return [
      { name: 'popularity: head', of: 'items', members: head },
      { name: 'popularity: long tail', of: 'items', members: head.map((one) => 1 - one) },
    ];
  }
  const [side, ...rest] = word.split('.');
  const name = rest.join('.');
  const table: Table | undefined =
    side === 'user' ? dataset.users.table : side === 'item' ? dataset.items.table : undefined;
  const column = table?.columns[name];
  if (table === undefined || column === undefined) throw unknown(word, dataset);
  return columnSlices(word, side === 'user' ? 'users' : 'items', column, table.rows);
}

function unknown(word: string, dataset: Dataset): RunboardError {
  const sliceable = (prefix: string, table: Table): string[] =>
    Object.keys(table.columns)
      .filter((name) => ['number', 'category', 'tags'].includes(table.columns[name].kind))
      .map((name) => `${prefix}.${name}`);
  const all = [
    'activity',
    'popularity',
    ...sliceable('user', dataset.users.table),
    ...sliceable('item', dataset.items.table),
  ];
  return new RunboardError('bad-parameter', `there is nothing called ${word} to slice by`, {
    where: 'slices',
    remedy: `take some of ${all.join(', ')}`,
  });
}

function columnSlices(word: string, of: Slice['of'], column: Column, rows: number): Slice[] {
  switch (column.kind) {
    case 'number':
      return thirds(word, of, Float64Array.from(column.values));
    case 'category':
      return named(word, of, column.names, rows, (row, code) => column.codes[row] === code);
    case 'tags':
      return tagged(word, of, column, rows);
    default:
      throw new RunboardError('bad-parameter', `${word} holds ${column.kind}, which cannot be sliced by`, {
        where: 'slices',
        remedy: 'take a column of numbers, names or tags',
      });
  }
}

function named(
  word: string,
  of: Slice['of'],
  names: readonly string[],
  rows: number,
  has: (row: number, code: number) => boolean,
): Slice[] {
  const slices = names.map((name, code): Slice => {
    const members = new Uint8Array(rows);
    for (let row = 0; row < rows; row++) if (has(row, code)) members[row] = 1;
    return { name: `${word}: ${name}`, of, members };
  });
  return largest(slices);
}

function tagged(word: string, of: Slice['of'], column: Extract<Column, { kind: 'tags' }>, rows: number): Slice[] {
  const slices = column.names.map((name): Slice => ({ name: `${word}: ${name}`, of, members: new Uint8Array(rows) }));
  for (let row = 0; row < rows; row++) {
    for (let at = column.offsets[row]; at < column.offsets[row + 1]; at++) slices[column.codes[at]].members[row] = 1;
  }
  return largest(slices);
}

function largest(slices: readonly Slice[]): Slice[] {
  const size = new Map(slices.map((slice) => [slice.name, slice.members.reduce((sum, one) => sum + one, 0)]));
  const kept = [...slices].sort((a, b) => (size.get(b.name) ?? 0) - (size.get(a.name) ?? 0)).slice(0, mostParts);
  return slices.filter((slice) => kept.includes(slice) && (size.get(slice.name) ?? 0) > 0);
}

/** Cut at the values of rank n/3 and 2n/3: equal values stay together, so thirds may differ in size. */
function thirds(word: string, of: Slice['of'], values: Float64Array): Slice[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const low = sorted[Math.floor(sorted.length / 3)];
  const high = sorted[Math.floor((2 * sorted.length) / 3)];
  const part = (name: string, has: (value: number) => boolean): Slice => ({
    name: `${word}: ${name} third`,
    of,
    members: Uint8Array.from(values, (value) => (has(value) ? 1 : 0)),
  });
  const all = [
    part('bottom', (v) => v < low),
    part('middle', (v) => v >= low && v < high),
    part('top', (v) => v >= high),
  ];
  return all.filter((slice) => slice.members.includes(1));
}
