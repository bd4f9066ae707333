import type {
  Column,
  Entities,
  Events,
  Impressions,
  LabelledRows,
  NumberColumn,
  Table,
  TagsColumn,
} from '#shared/contract/values.ts';

type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array;

/** `values` at `rows`, in an array of the same type. */
export function pick<A extends Numbers>(values: A, rows: Int32Array): A {
  const Maker = values.constructor as new (length: number) => A;
  const picked = new Maker(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]];
  return picked;
}

/** A table with some of its rows, in the order of `rows`; types and names are kept. */
function selectTable(table: Table, rows: Int32Array): Table {
  const columns: Record<string, Column> = {};
  for (const name of Object.keys(table.columns)) columns[name] = selectColumn(table.columns[name], rows);
  return { rows: rows.length, columns };
}

function selectColumn(column: Column, rows: Int32Array): Column {
  switch (column.kind) {
    case 'number':
      return { kind: 'number', values: pick(column.values as Float64Array, rows) as NumberColumn['values'] };
    case 'category':
      return { ...column, codes: pick(column.codes, rows) };
    case 'tags':
      return selectTags(column, rows);
    case 'text':
      return { kind: 'text', values: Array.from(rows, (row) => column.values[row]) };
    case 'vector': {
      const values = new Float32Array(rows.length * column.width);
      for (let i = 0; i < rows.length; i++)
        values.set(column.values.subarray(rows[i] * column.width, (rows[i] + 1) * column.width), i * column.width);
      return { ...column, values };
    }
    case 'target': {
      const sums = new Float64Array(rows.length * column.folds);
      const counts = new Float64Array(rows.length * column.folds);
      for (let i = 0; i < rows.length; i++) {
        sums.set(column.sums.subarray(rows[i] * column.folds, (rows[i] + 1) * column.folds), i * column.folds);
        counts.set(column.counts.subarray(rows[i] * column.folds, (rows[i] + 1) * column.folds), i * column.folds);
      }
      return { ...column, sums, counts };
    }
  }
}

function selectTags(column: TagsColumn, rows: Int32Array): TagsColumn {
  const offsets = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++)
    offsets[i + 1] = offsets[i] + column.offsets[rows[i] + 1] - column.offsets[rows[i]];
  const codes = new Int32Array(offsets[rows.length]);
  for (let i = 0; i < rows.length; i++)
    codes.set(column.codes.subarray(column.offsets[rows[i]], column.offsets[rows[i] + 1]), offsets[i]);
  return { ...column, offsets, codes };
}

export function selectEntities(entities: Entities, rows: Int32Array): Entities {
  return { ids: Array.from(rows, (row) => entities.ids[row]), table: selectTable(entities.table, rows) };
}

export function selectEvents(events: Events, rows: Int32Array): Events {
  const { user, item, time, value, table } = events;
  return {
    user: pick(user, rows),
    item: pick(item, rows),
    time: pick(time, rows),
    value: pick(value, rows),
    table: selectTable(table, rows),
  };
}

export function selectImpressions(impressions: Impressions, rows: Int32Array): Impressions {
  const { user, item, time, request, position, propensity, click, table } = impressions;
  return {
    user: pick(user, rows),
    item: pick(item, rows),
    time: pick(time, rows),
    request: pick(request, rows),
    position: pick(position, rows),
    propensity: pick(propensity, rows),
    click: pick(click, rows),
    table: selectTable(table, rows),
  };
}

export function selectExamples(examples: LabelledRows, rows: Int32Array): LabelledRows {
  const { label, group, time, part, table } = examples;
  return {
    label: pick(label, rows),
    group: group === null ? null : pick(group, rows),
    time: time === null ? null : pick(time, rows),
    part: part === null ? null : pick(part, rows),
    table: selectTable(table, rows),
  };
}
