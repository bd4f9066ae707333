import { Adam } from '#shared/kernels/adam.ts';
import type { Random } from '#shared/kernels/random.ts';
import type { SparseRows } from '#shared/kernels/sparse.ts';
import { FieldEmbeddings, randomTable } from './field-embeddings.ts';
import { evaluate } from './gradient.ts';
import type { Block } from './gradient.ts';
import { denseWeights } from './layer-weights.ts';
import { dense, normaliseRows } from './operations.ts';
import type { Matrix, Tensor, Vector } from './operations.ts';

export interface TowerSettings {
  /** Length of the vectors. */
  readonly width: number;
  /** Widths of hidden layers; without any, a vector is the sum of the embeddings of an entity's features. */
  readonly hidden: readonly number[];
  /** Whether vectors have length 1. */
  readonly normalise: boolean;
  readonly learningRate: number;
  /** L2 on the embeddings of a batch. */
  readonly decay: number;
}

/** Standard deviation of embeddings to start with. */
const spread = 0.1;
/** Rows computed in one piece: bounds memory. */
const piece = 4096;

/** One tower of a two-tower model: from the encoded features of entities (users or items) to vectors. */
export class Tower {
  private readonly settings: TowerSettings;
  private readonly rows: SparseRows;
  private readonly embeddings: FieldEmbeddings;
  private readonly weights: Block[];
  private readonly adams: Adam[];

  /** `silent` columns start at zero and add nothing until they are met in training: those of unknown names. */
  constructor(
    rows: SparseRows,
    fieldOf: Int32Array,
    silent: readonly number[],
    settings: TowerSettings,
    random: Random,
  ) {
    const { width, hidden, learningRate: rate, decay } = settings;
    this.settings = settings;
    this.rows = rows;
    const table = randomTable(fieldOf.length * width, spread, random);
    for (const column of silent) table.fill(0, column * width, (column + 1) * width);
    // Without layers all columns are one field: their vectors are added up. With layers, fields stand side by side.
    const fields = hidden.length === 0 ? new Int32Array(fieldOf.length) : fieldOf;
    this.embeddings = new FieldEmbeddings(table, width, fields, { rate, decay });
    const widths = hidden.length === 0 ? [] : [this.embeddings.rowWidth, ...hidden, width];
    this.weights = widths.slice(1).flatMap((units, layer) => denseWeights(widths[layer], units, random));
    this.adams = this.weights.map(({ values }) => new Adam(values.length, { rate }));
  }

  /** Blocks that `forward` turns into the vectors of some entities: their embeddings, then the layers. */
  inputs(entities: Int32Array): Block[] {
    const values = this.embeddings.gather(this.rows, entities, 0, entities.length);
    return [{ values, shape: [entities.length, this.embeddings.rowWidth] }, ...this.weights];
  }

  /** Vectors from the tensors of `inputs`. */
  forward(tensors: readonly Tensor[]): Matrix {
    let last = tensors[0] as Matrix;
    for (let at = 1; at < tensors.length; at += 2) {
      last = dense(last, tensors[at] as Matrix, tensors[at + 1] as Vector, at + 2 < tensors.length ? 'relu' : 'linear');
    }
    return this.settings.normalise ? normaliseRows(last) : last;
  }

  /** One step of Adam, given the gradients by the blocks of `inputs(entities)`. */
  step(entities: Int32Array, gradients: readonly Float32Array[]): void {
    this.embeddings.step(this.rows, entities, 0, gradients[0]);
    this.weights.forEach(({ values }, w) => this.adams[w].step(values, gradients[w + 1]));
  }

  setRate(rate: number): void {
    this.embeddings.setRate(rate);
    for (const adam of this.adams) adam.rate = rate;
  }

  /** Vectors of all entities, row-major; `between` is called from time to time. */
  vectors(between?: () => void): Float32Array {
    const { width } = this.settings;
    const out = new Float32Array(this.rows.rows * width);
    for (let from = 0; from < this.rows.rows; from += piece) {
      between?.();
      const entities = Int32Array.from({ length: Math.min(piece, this.rows.rows - from) }, (_, i) => from + i);
      out.set(
        evaluate(this.inputs(entities), (...tensors) => this.forward(tensors)),
        from * width,
      );
    }
    return out;
  }

  /** A copy of everything that training moves. */
  snapshot(): Float32Array[] {
    return [this.embeddings.table.slice(), ...this.weights.map(({ values }) => values.slice())];
  }

  restore(snapshot: readonly Float32Array[]): void {
    this.embeddings.table.set(snapshot[0]);
    this.weights.forEach(({ values }, w) => values.set(snapshot[w + 1]));
  }
}
