import type {
  CategoryColumn,
  Column,
  Entities,
  Feature,
  Table,
  TagsColumn,
  VectorColumn,
} from '#shared/contract/values.ts';

/** Entries of a column at `rows`, in that order; a row of -1 gives a missing value. TargetColumns: see encodeTarget. */
export function gather(
  column: Exclude<Column, { kind: 'target' }>,
  rows: Int32Array,
): Exclude<Column, { kind: 'target' }> {
  switch (column.kind) {
    case 'number': {
      const values = new Float32Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = rows[i] < 0 ? NaN : column.values[rows[i]];
      return { kind: 'number', values };
    }
    case 'category': {
      const codes = new Int32Array(rows.length);
      for (let i = 0; i < rows.length; i++) codes[i] = rows[i] < 0 ? -1 : column.codes[rows[i]];
      return { kind: 'category', codes, names: column.names };
    }
    case 'tags':
      return gatherTags(column, rows);
    case 'text':
      return { kind: 'text', values: Array.from(rows, (row) => (row < 0 ? '' : column.values[row])) };
    case 'vector':
      return gatherVectors(column, rows);
  }
}

/** Vectors at `rows`; zeros where a row is -1. */
export function gatherVectors({ width, values: from }: VectorColumn, rows: Int32Array): VectorColumn {
  const values = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    if (rows[i] >= 0) values.set(from.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  }
  return { kind: 'vector', width, values };
}

function gatherTags(column: TagsColumn, rows: Int32Array): TagsColumn {
  const offsets = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    offsets[i + 1] = offsets[i] + (rows[i] < 0 ? 0 : column.offsets[rows[i] + 1] - column.offsets[rows[i]]);
  }
  const codes = new Int32Array(offsets[rows.length]);
  for (let i = 0; i < rows.length; i++) {
    if (rows[i] >= 0)
      codes.set(column.codes.subarray(column.offsets[rows[i]], column.offsets[rows[i] + 1]), offsets[i]);
  }
  return { kind: 'tags', offsets, codes, names: column.names };
}

/**
 * Target encoding of entities at `rows`. `trainFold[i]` is the fold whose own labels are left out (event row % folds for
 * a training row), or -1 for a row that took no part in the fitting. Formula: see TargetColumn.
 */
export function encodeTarget(
  column: Extract<Column, { kind: 'target' }>,
  rows: Int32Array,
  trainFold: Int32Array | null,
): Float32Array {
  const { folds, sums, counts, prior, smoothing } = column;
  const encoded = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    let sum = smoothing * prior;
    let count = smoothing;
    if (rows[i] >= 0) {
      const left = trainFold === null ? -1 : trainFold[i];
      for (let f = 0; f < folds; f++) {
        if (f === left) continue;
        sum += sums[rows[i] * folds + f];
        count += counts[rows[i] * folds + f];
      }
    }
    encoded[i] = count > 0 ? sum / count : prior;
  }
  return encoded;
}

/** Rows of the events (or -1) that took part in fitting, turned into folds for a TargetColumn. */
export function foldsOf(trainRows: Int32Array, folds: number): Int32Array {
  const fold = new Int32Array(trainRows.length);
  for (let i = 0; i < fold.length; i++) fold[i] = trainRows[i] < 0 ? -1 : trainRows[i] % folds;
  return fold;
}

/**
 * Columns of a table as features of rows: "user.age" for column age of the users. `trainRows` holds, per row, the
 * training event it was made from, or -1.
 */
export function joinTable(
  from: 'user' | 'item' | 'event' | 'row',
  table: Table,
  names: readonly string[],
  rows: Int32Array,
  trainRows: Int32Array | null,
): Feature[] {
  return names.map((name): Feature => {
    const column = table.columns[name];
    const joined: Column =
      column.kind === 'target'
        ? {
            kind: 'number',
            values: encodeTarget(column, rows, trainRows === null ? null : foldsOf(trainRows, column.folds)),
          }
        : gather(column, rows);
    return { name: `${from}.${name}`, from, column: joined };
  });
}

/** The identity of users or items as a category: "user.id", "item.id". */
export function identity(from: 'user' | 'item', entities: Entities, rows: Int32Array): Feature {
  const column: CategoryColumn = { kind: 'category', codes: rows, names: entities.ids };
  return { name: `${from}.id`, from, column };
}
