/**
 * A sparse matrix by rows. The columns of row r are `columns[starts[r] .. starts[r + 1])`, ascending.
 * `values` runs beside `columns`; without it every stored cell counts 1.
 */
export interface SparseRows {
  readonly rows: number;
  readonly cols: number;
  /** Length rows + 1, not decreasing, from 0 to the number of stored cells. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values?: Float32Array;
}

/** Labelled rows to learn probabilities from: labels in [0, 1], weights 1 where absent. */
export interface SparseExamples {
  readonly rows: SparseRows;
  readonly labels: Float32Array;
  readonly weights?: Float32Array | null;
}

/** What a repeated (row, column) pair becomes: one cell with the sum or the last of its values. */
export type Repeats = 'sum' | 'last';

/** Start of each bucket of a counting sort: `starts[b]` keys are below b. Throws a RangeError on a key outside [0, buckets). */
export function bucketStarts(keys: Int32Array, buckets: number): Int32Array {
  const starts = new Int32Array(buckets + 1);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (key < 0 || key >= buckets) {
      throw new RangeError(
        `Position ${i} holds index ${key}, outside 0 to ${buckets - 1}. Give the matrix a size that covers all indices.`,
      );
    }
    starts[key + 1]++;
  }
  for (let b = 0; b < buckets; b++) starts[b + 1] += starts[b];
  return starts;
}

/** The order that sorts `keys` stably: `keys[order[0]] <= keys[order[1]] <= …`. `within` is an order to refine; default: as given. */
export function countingOrder(keys: Int32Array, buckets: number, within?: Int32Array): Int32Array {
  const next = bucketStarts(keys, buckets);
  const order = new Int32Array(keys.length);
  for (let p = 0; p < keys.length; p++) {
    const i = within === undefined ? p : within[p];
    order[next[keys[i]]++] = i;
  }
  return order;
}

/**
 * A matrix from coordinates, by two stable counting sorts: O(cells + rows + cols), the same result for any order of distinct cells.
 * Repeated pairs become one cell (`repeats`, default 'sum'; without `values` they collapse to one).
 */
export function buildRows(
  shape: { readonly rows: number; readonly cols: number; readonly repeats?: Repeats },
  rowOf: Int32Array,
  columnOf: Int32Array,
  values?: Float32Array,
): SparseRows {
  const { rows, cols } = shape;
  if (rowOf.length !== columnOf.length || (values !== undefined && values.length !== rowOf.length)) {
    throw new RangeError(
      `A sparse matrix needs one row, column and value per cell; got ${rowOf.length}, ${columnOf.length} and ${values?.length ?? 'no'}.`,
    );
  }
  const order = countingOrder(rowOf, rows, countingOrder(columnOf, cols));
  const keepLast = shape.repeats === 'last';
  const columns = new Int32Array(order.length);
  const cells = values === undefined ? undefined : new Float32Array(order.length);
  const starts = new Int32Array(rows + 1);
  let size = 0;
  let previousRow = -1;
  for (let p = 0; p < order.length; p++) {
    const i = order[p];
    const row = rowOf[i];
    const column = columnOf[i];
    const repeated = row === previousRow && columns[size - 1] === column;
    if (!repeated) {
      columns[size++] = column;
      starts[row + 1]++;
      previousRow = row;
    }
    if (cells !== undefined && values !== undefined) {
      cells[size - 1] = repeated && !keepLast ? cells[size - 1] + values[i] : values[i];
    }
  }
  for (let r = 0; r < rows; r++) starts[r + 1] += starts[r];
  return { rows, cols, starts, columns: columns.slice(0, size), values: cells?.slice(0, size) };
}

/** The transposed matrix; rows of the result are ascending again. O(cells + cols). */
export function transpose(matrix: SparseRows): SparseRows {
  const { rows, cols, starts, columns, values } = matrix;
  const turned = bucketStarts(columns, cols);
  const next = turned.slice();
  const turnedColumns = new Int32Array(columns.length);
  const turnedValues = values === undefined ? undefined : new Float32Array(columns.length);
  for (let r = 0; r < rows; r++) {
    for (let p = starts[r]; p < starts[r + 1]; p++) {
      const place = next[columns[p]]++;
      turnedColumns[place] = r;
      if (turnedValues !== undefined && values !== undefined) turnedValues[place] = values[p];
    }
  }
  return { rows: cols, cols: rows, starts: turned, columns: turnedColumns, values: turnedValues };
}

/** Whether a cell is stored; binary search in its row. */
export function hasCell(matrix: SparseRows, row: number, column: number): boolean {
  const { starts, columns } = matrix;
  let low = starts[row];
  let high = starts[row + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columns[middle] < column) low = middle + 1;
    else high = middle;
  }
  return low < starts[row + 1] && columns[low] === column;
}

/** Number of stored cells of each row. */
export function rowCounts(matrix: SparseRows): Int32Array {
  const counts = new Int32Array(matrix.rows);
  for (let r = 0; r < matrix.rows; r++) counts[r] = matrix.starts[r + 1] - matrix.starts[r];
  return counts;
}
