import type { AdamSettings } from '#shared/kernels/adam.ts';
import { SparseAdam } from '#shared/kernels/adam.ts';
import type { Random } from '#shared/kernels/random.ts';
import type { SparseRows } from '#shared/kernels/sparse.ts';

/**
 * A vector for every column of a sparse matrix whose columns belong to fields. A row becomes one vector per field:
 * the sum of value × vector over its cells of that field. Never touched as a whole: a batch gathers what it needs.
 */
export class FieldEmbeddings {
  readonly width: number;
  /** columns × width. */
  readonly table: Float32Array;
  private readonly fieldOf: Int32Array;
  private readonly fields: number;
  private readonly adam: SparseAdam | null;

  /** `adam` null: for use, not for training. */
  constructor(table: Float32Array, width: number, fieldOf: Int32Array, adam: AdamSettings | null) {
    this.width = width;
    this.table = table;
    this.fieldOf = fieldOf;
    this.fields = fieldOf.length === 0 ? 0 : fieldOf[fieldOf.length - 1] + 1;
    this.adam = adam === null ? null : new SparseAdam(fieldOf.length, width, adam);
  }

  /** Numbers per row that `gather` gives: fields × width. */
  get rowWidth(): number {
    return this.fields * this.width;
  }

  /** Rows chosen[from .. to) as a matrix of fields × width. */
  gather(rows: SparseRows, chosen: Int32Array, from: number, to: number): Float32Array {
    const { width, table, fieldOf, rowWidth } = this;
    const { starts, columns, values } = rows;
    const out = new Float32Array((to - from) * rowWidth);
    for (let i = from; i < to; i++) {
      for (let p = starts[chosen[i]]; p < starts[chosen[i] + 1]; p++) {
        const at = columns[p] * width;
        const into = (i - from) * rowWidth + fieldOf[columns[p]] * width;
        const value = values === undefined ? 1 : values[p];
        for (let d = 0; d < width; d++) out[into + d] += value * table[at + d];
      }
    }
    return out;
  }

  /** Moves the vectors of the rows gathered before, given the loss's gradient by the gathered matrix. */
  step(rows: SparseRows, chosen: Int32Array, from: number, gradient: Float32Array): void {
    const { width, fieldOf, rowWidth, adam } = this;
    if (adam === null) throw new Error('these embeddings were made for use, not for training');
    const { starts, columns, values } = rows;
    const count = gradient.length / rowWidth;
    for (let i = 0; i < count; i++) {
      const row = chosen[from + i];
      for (let p = starts[row]; p < starts[row + 1]; p++) {
        const at = i * rowWidth + fieldOf[columns[p]] * width;
        const slot = adam.slot(columns[p]);
        const { gradients } = adam;
        const value = values === undefined ? 1 : values[p];
        for (let d = 0; d < width; d++) gradients[slot + d] += value * gradient[at + d];
      }
    }
    adam.step(this.table);
  }

  setRate(rate: number): void {
    if (this.adam !== null) this.adam.rate = rate;
  }
}

/** A table of normal deviates of standard deviation `spread`. */
export function randomTable(size: number, spread: number, random: Random): Float32Array {
  const table = new Float32Array(size);
  for (let i = 0; i < size; i++) table[i] = spread * random.normal();
  return table;
}
