import type { Column, Entities, RoleMap, Table } from '#shared/contract/values.ts';

export type Cell = string | number | null;

/** A column as a person reads it, row by row: nothing is copied out of the value. */
export interface ShownColumn {
  readonly name: string;
  readonly type: 'id' | 'number' | 'time' | 'category' | 'tags' | 'text' | 'vector';
  cell(row: number): Cell;
}

export interface ShownTable {
  readonly id: string;
  readonly title: string;
  readonly rows: number;
  readonly columns: readonly ShownColumn[];
}

type Numbers = { readonly [row: number]: number };

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** Numbers, empty where NaN. */
export function numbers(name: string, values: Numbers, type: 'number' | 'time' = 'number'): ShownColumn {
  return { name, type, cell: (row) => orNull(values[row]) };
}

/** Ids of entities by their index, empty below 0. */
export function idsOf(name: string, index: Numbers, ids: readonly string[]): ShownColumn {
  return { name, type: 'id', cell: (row) => ids[index[row]] ?? null };
}

/** Names by code, null where there is none or it is empty. */
export function named(name: string, codes: Numbers, names: readonly string[]): ShownColumn {
  return { name, type: 'category', cell: (row) => names[codes[row]] || null };
}

/** The same column under another order of rows. */
export function reordered(column: ShownColumn, rowOf: (row: number) => number): ShownColumn {
  return { ...column, cell: (row) => column.cell(rowOf(row)) };
}

/** Every column of a table. */
export function columnsOf(table: Table): ShownColumn[] {
  return Object.entries(table.columns).map(([name, column]) => shownColumn(name, column));
}

/** One column of any kind, in words and numbers. */
export function shownColumn(name: string, column: Column): ShownColumn {
  switch (column.kind) {
    case 'number':
      return numbers(name, column.values);
    case 'category':
      return named(name, column.codes, column.names);
    case 'text':
      return { name, type: 'text', cell: (row) => column.values[row] || null };
    case 'tags':
      return {
        name,
        type: 'tags',
        cell: (row) =>
          Array.from(
            column.codes.subarray(column.offsets[row], column.offsets[row + 1]),
            (code) => column.names[code],
          ).join(', ') || null,
      };
    case 'vector':
      return {
        name,
        type: 'vector',
        cell: (row) => vectorText(column.values.subarray(row * column.width, (row + 1) * column.width)),
      };
    case 'target':
      return { name, type: 'number', cell: (row) => targetMean(column, row) };
  }
}

/** The first four numbers of a vector and how many there are. */
export function vectorText(values: Float32Array): string {
  const first = Array.from(values.subarray(0, 4), (value) => value.toPrecision(3)).join('  ');
  return values.length > 4 ? `${first}  … ${values.length}` : first;
}

/** (S + m·prior) / (N + m) over all folds. */
function targetMean(
  { folds, sums, counts, prior, smoothing }: Extract<Column, { kind: 'target' }>,
  row: number,
): number | null {
  let sum = smoothing * prior;
  let count = smoothing;
  for (let fold = 0; fold < folds; fold++) {
    sum += sums[row * folds + fold];
    count += counts[row * folds + fold];
  }
  return orNull(sum / count);
}

/** Titles of items by their index; null where the data set names none. */
export function titlesOf(items: Entities, roles: RoleMap): ((item: number) => string | null) | null {
  const column = items.table.columns[roles['item.title'] ?? 'title'];
  if (column?.kind === 'text') return (item) => column.values[item] || null;
  if (column?.kind === 'category') return (item) => column.names[column.codes[item]] ?? null;
  return null;
}
