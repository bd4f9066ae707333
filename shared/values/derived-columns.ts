import { RunboardError } from '#shared/contract/failure.ts';
import type { CategoryColumn, Column, Split, Table, TagsColumn } from '#shared/contract/values.ts';

/** Which table a column is in: of users, items, events, or the flat table of examples. */
export type Place = 'user' | 'item' | 'event' | 'row';

const places = ['user', 'item', 'event', 'row'] as const;

/** The table at a place; an empty one where the data set has none. */
function tableAt(split: Split, place: Place): Table {
  const { users, items, events, examples } = split.dataset;
  if (place === 'user') return users.table;
  if (place === 'item') return items.table;
  if (place === 'event') return events.table;
  return examples === null ? { rows: 0, columns: {} } : examples.table;
}

function withTable(split: Split, place: Place, table: Table): Split {
  const { dataset } = split;
  const { users, items, events, examples } = dataset;
  if (place === 'user') return { ...split, dataset: { ...dataset, users: { ...users, table } } };
  if (place === 'item') return { ...split, dataset: { ...dataset, items: { ...items, table } } };
  if (place === 'event') return { ...split, dataset: { ...dataset, events: { ...events, table } } };
  return { ...split, dataset: { ...dataset, examples: examples === null ? null : { ...examples, table } } };
}

/** The same split with columns added to (or replaced in) one of its tables. Everything else is shared, not copied. */
export function withColumns(split: Split, place: Place, columns: Readonly<Record<string, Column>>): Split {
  const table = tableAt(split, place);
  return withTable(split, place, { rows: table.rows, columns: { ...table.columns, ...columns } });
}

/** The same split without a column. */
export function withoutColumn(split: Split, place: Place, name: string): Split {
  const table = tableAt(split, place);
  const left = Object.entries(table.columns).filter(([one]) => one !== name);
  return withTable(split, place, { rows: table.rows, columns: Object.fromEntries(left) });
}

/** A column and where it is. */
export interface PlacedColumn {
  readonly place: Place;
  readonly name: string;
  readonly column: Column;
}

/** Every column of the split as "user.age", ids included. */
function columnNames(split: Split): string[] {
  const ids = split.dataset.shape === 'events' ? ['user.id', 'item.id'] : [];
  return [
    ...ids,
    ...places.flatMap((place) => Object.keys(tableAt(split, place).columns).map((name) => `${place}.${name}`)),
  ];
}

/** The column called "user.age", "item.id", "row.city". Throws RunboardError naming what there is. */
export function findColumn(split: Split, reference: string): PlacedColumn {
  const dot = reference.indexOf('.');
  const place = places.find((one) => one === reference.slice(0, dot));
  const name = reference.slice(dot + 1);
  if (place !== undefined) {
    const entities = place === 'user' ? split.dataset.users : place === 'item' ? split.dataset.items : null;
    if (name === 'id' && entities !== null) {
      const codes = Int32Array.from(entities.ids.keys());
      return { place, name, column: { kind: 'category', codes, names: entities.ids } };
    }
    const { columns } = tableAt(split, place);
    if (Object.hasOwn(columns, name)) return { place, name, column: columns[name] };
  }
  throw new RunboardError('bad-parameter', `there is no column ${reference === '' ? '(none named)' : reference}`, {
    where: 'columns',
    remedy: `use one of ${columnNames(split).join(', ')}`,
  });
}

/** Row in the table at `place` that each training event belongs to, in the order of split.train. */
export function trainRowsAt(split: Split, place: Place): Int32Array {
  if (place === 'event' || place === 'row') return split.train;
  const of = place === 'user' ? split.dataset.events.user : split.dataset.events.item;
  return split.train.map((row) => of[row]);
}

/** A category seen as tags: one name per row, or none. */
export function tagsOf(column: CategoryColumn | TagsColumn): TagsColumn {
  if (column.kind === 'tags') return column;
  const offsets = new Int32Array(column.codes.length + 1);
  for (let row = 0; row < column.codes.length; row++) offsets[row + 1] = offsets[row] + (column.codes[row] < 0 ? 0 : 1);
  return { kind: 'tags', offsets, codes: column.codes.filter((code) => code >= 0), names: column.names };
}
