import { RunboardError } from '#shared/contract/failure.ts';
import type { Split } from '#shared/contract/values.ts';
import { buildRows, type SparseRows } from '#shared/kernels/sparse.ts';

/** What a training event counts: 1 however often it is repeated, or the sum of the values of the events. */
export type EventWeighting = 'alike' | 'value';

/** The training events as a users × items matrix, one cell per user and item. Throws bad-data on a negative value where values count. */
export function trainingMatrix(split: Split, weighting: EventWeighting = 'alike'): SparseRows {
  const { users, items, events } = split.dataset;
  const rows = split.train.length;
  const user = new Int32Array(rows);
  const item = new Int32Array(rows);
  const values = weighting === 'value' ? new Float32Array(rows) : undefined;
  for (let i = 0; i < rows; i++) {
    const row = split.train[i];
    user[i] = events.user[row];
    item[i] = events.item[row];
    if (values === undefined) continue;
    values[i] = events.value[row];
    if (!(values[i] >= 0)) {
      throw new RunboardError('bad-data', `event ${row} has the value ${values[i]}, which cannot be a weight`, {
        where: 'events',
        remedy: 'count all events alike, or filter the events to values from 0',
      });
    }
  }
  return buildRows({ rows: users.ids.length, cols: items.ids.length }, user, item, values);
}

/** Number of training events of each item, of those at `since` (Unix seconds) or later. */
export function itemPopularity(split: Split, since = -Infinity): Float64Array {
  const { items, events } = split.dataset;
  const counts = new Float64Array(items.ids.length);
  for (let i = 0; i < split.train.length; i++) {
    const row = split.train[i];
    if (since === -Infinity || events.time[row] >= since) counts[events.item[row]]++;
  }
  return counts;
}

/** The cells of one row: its columns, and its values where there are any. */
export function rowOf(matrix: SparseRows, row: number): { items: Int32Array; values: Float32Array | undefined } {
  const from = matrix.starts[row];
  const to = matrix.starts[row + 1];
  return { items: matrix.columns.subarray(from, to), values: matrix.values?.subarray(from, to) };
}
