import { transpose, type SparseRows } from './sparse.ts';
import { TopHeap } from './topk.ts';

/** What an item-kNN model is made of. */
export interface ItemKnnOptions {
  /** Neighbours kept for each item, from 1. */
  readonly neighbours: number;
  /** Added to the denominator, from 0: pulls the similarity of items with few events towards 0. */
  readonly shrinkage: number;
  /** Decides which of equally similar neighbours stay. */
  readonly seed?: number;
}

/**
 * Item-to-item cosine similarity with shrinkage: s(i, j) = Σ_u x_ui x_uj / (|x_i| |x_j| + shrinkage), s(i, i) = 0.
 *
 * `users` is users × items. Each target item keeps its `neighbours` most similar items. The result is a sparse items × items matrix
 * by source: row i lists the targets that count i among their neighbours, with the similarity, so that a user's scores are the sum of
 * the rows of the items in the history. O(Σ_u |I_u|²) time; `tick` hears which share of the items is done, and may throw to stop.
 */
export function fitItemKnn(users: SparseRows, options: ItemKnnOptions, tick?: (share: number) => void): SparseRows {
  const byItem = transpose(users);
  const items = users.cols;
  const norms = columnNorms(byItem);
  const similarity = new Float64Array(items);
  const touched = new Int32Array(items);
  const heap = new TopHeap(options.neighbours, options.seed);
  const starts = new Int32Array(items + 1);
  let columns = new Int32Array(1024);
  let values = new Float32Array(1024);
  for (let target = 0; target < items; target++) {
    if (target % 16 === 0) tick?.(target / items);
    const count = addCommonUsers(similarity, touched, target, users, byItem);
    heap.reset();
    for (let t = 0; t < count; t++) {
      const other = touched[t];
      const value = similarity[other] / (norms[target] * norms[other] + options.shrinkage);
      if (other !== target && value > 0) heap.offer(other, value);
      similarity[other] = 0;
    }
    const start = starts[target];
    starts[target + 1] = start + heap.size;
    if (start + heap.size > columns.length) {
      columns = grown(columns, new Int32Array(2 * columns.length + heap.size));
      values = grown(values, new Float32Array(2 * values.length + heap.size));
    }
    columns.set(heap.ids.subarray(0, heap.size), start);
    values.set(heap.scores.subarray(0, heap.size), start);
  }
  const size = starts[items];
  return transpose({
    rows: items,
    cols: items,
    starts,
    columns: columns.subarray(0, size),
    values: values.subarray(0, size),
  });
}

/** scores[j] = Σ_{i in history} w_i s(i, j) for one user; `out` has one entry per item and is overwritten. */
export function scoreItemKnnInto(
  out: Float64Array,
  model: SparseRows,
  history: Int32Array,
  weights?: Float32Array,
): void {
  const { starts, columns, values } = model;
  if (values === undefined)
    throw new RangeError('An item-kNN model needs similarities as values. Fit it with fitItemKnn.');
  out.fill(0);
  for (let p = 0; p < history.length; p++) {
    const weight = weights === undefined ? 1 : weights[p];
    for (let q = starts[history[p]]; q < starts[history[p] + 1]; q++) out[columns[q]] += weight * values[q];
  }
}

function columnNorms(byItem: SparseRows): Float64Array {
  const { starts, values } = byItem;
  const norms = new Float64Array(byItem.rows);
  for (let i = 0; i < byItem.rows; i++) {
    let square = 0;
    for (let p = starts[i]; p < starts[i + 1]; p++) square += values === undefined ? 1 : values[p] * values[p];
    norms[i] = Math.sqrt(square);
  }
  return norms;
}

/** similarity[j] += Σ_u x_u,target x_uj; lists the items with a positive sum in `touched` and returns how many. */
function addCommonUsers(
  similarity: Float64Array,
  touched: Int32Array,
  target: number,
  users: SparseRows,
  byItem: SparseRows,
): number {
  let count = 0;
  for (let p = byItem.starts[target]; p < byItem.starts[target + 1]; p++) {
    const user = byItem.columns[p];
    const weight = byItem.values === undefined ? 1 : byItem.values[p];
    for (let q = users.starts[user]; q < users.starts[user + 1]; q++) {
      const item = users.columns[q];
      if (similarity[item] === 0) touched[count++] = item;
      similarity[item] += users.values === undefined ? 1 : weight * users.values[q];
    }
  }
  return count;
}

function grown<Column extends Int32Array | Float32Array>(values: Column, larger: Column): Column {
  larger.set(values);
  return larger;
}
