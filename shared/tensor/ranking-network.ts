import { Adam } from '#shared/kernels/adam.ts';
import type { Random } from '#shared/kernels/random.ts';
import type { SparseExamples, SparseRows } from '#shared/kernels/sparse.ts';
import { FieldEmbeddings, randomTable } from './field-embeddings.ts';
import { evaluate, slope } from './gradient.ts';
import type { Block } from './gradient.ts';
import { dropoutMask } from './layer-weights.ts';
import { sumOf, logLossMean } from './operations.ts';
import type { Matrix, Tensor } from './operations.ts';

/** A network from embedded features to log-odds. */
export interface Network {
  /** Its weights for inputs of the given width, in the order that `logits` takes them. */
  weights(inputs: number, random: Random): Block[];
  /** Log-odds (rows × 1) of embedded features. `masks` has one entry per width in `dropped`, or is null when nothing is dropped. */
  logits(inputs: Matrix, weights: readonly Tensor[], masks: readonly Float32Array[] | null): Matrix;
  /** Widths of the layers that dropout works on. */
  readonly dropped: readonly number[];
}

/** What a trained network is, as plain data. */
export type NetworkState = {
  readonly width: number;
  readonly table: Float32Array;
  /** One weight per column, beside the network; empty where there is no linear part. */
  readonly linear: Float32Array;
  readonly weights: readonly { readonly values: Float32Array; readonly shape: readonly number[] }[];
};

export interface NetworkSettings {
  readonly width: number;
  readonly learningRate: number;
  /** L2 on the embeddings of a batch. */
  readonly decay: number;
  readonly dropout: number;
  /** Whether a linear part runs beside the network. */
  readonly linear: boolean;
}

/** Standard deviation of embeddings to start with. */
const spread = 0.02;
/** Rows scored in one piece: bounds memory. */
const piece = 4096;

/** A network with its embeddings while it learns, by Adam on log loss: sparse for embeddings, dense for layers. */
export class NetworkTrainer {
  private readonly network: Network;
  private readonly examples: SparseExamples;
  private readonly settings: NetworkSettings;
  private readonly embeddings: FieldEmbeddings;
  private readonly linear: FieldEmbeddings | null;
  private readonly weights: Block[];
  private readonly adams: Adam[];
  private readonly random: Random;
  private kept: NetworkState;

  constructor(
    network: Network,
    examples: SparseExamples,
    fieldOf: Int32Array,
    settings: NetworkSettings,
    random: Random,
  ) {
    const { width, learningRate: rate, decay } = settings;
    this.network = network;
    this.examples = examples;
    this.settings = settings;
    this.random = random;
    this.embeddings = new FieldEmbeddings(randomTable(fieldOf.length * width, spread, random), width, fieldOf, {
      rate,
      decay,
    });
    // One field: the linear part of a row is the sum over all its cells.
    this.linear = settings.linear
      ? new FieldEmbeddings(new Float32Array(fieldOf.length), 1, new Int32Array(fieldOf.length), { rate, decay })
      : null;
    this.weights = network.weights(this.embeddings.rowWidth, random);
    this.adams = this.weights.map(({ values }) => new Adam(values.length, { rate }));
    this.kept = this.state();
  }

  setRate(rate: number): void {
    this.embeddings.setRate(rate);
    this.linear?.setRate(rate);
    for (const adam of this.adams) adam.rate = rate;
  }

  /** One step on the rows order[from .. to). Returns the sum of their losses. */
  step(order: Int32Array, from: number, to: number): number {
    const { network, settings, embeddings, linear } = this;
    const { rows, weights } = this.examples;
    const count = to - from;
    const chosen = order.subarray(from, to);
    const labels = Float32Array.from(chosen, (row) => this.examples.labels[row]);
    const importance = weights == null ? null : Float32Array.from(chosen, (row) => weights[row]);
    const masks =
      settings.dropout > 0
        ? network.dropped.map((width) => dropoutMask(count * width, settings.dropout, this.random))
        : null;
    const inputs: Block[] = [{ values: embeddings.gather(rows, order, from, to), shape: [count, embeddings.rowWidth] }];
    if (linear !== null) inputs.push({ values: linear.gather(rows, order, from, to), shape: [count, 1] });
    const found = slope([...inputs, ...this.weights], (...tensors) =>
      logLossMean(forward(network, tensors, inputs.length, masks), labels, importance),
    );
    embeddings.step(rows, order, from, found.gradients[0]);
    linear?.step(rows, order, from, found.gradients[1]);
    this.weights.forEach(({ values }, w) => this.adams[w].step(values, found.gradients[inputs.length + w]));
    return found.loss * count;
  }

  /** Log-odds of the chosen rows; `between` is called with the share done. */
  logits(chosen: Int32Array, between?: (share: number) => void): Float32Array {
    const { rows } = this.examples;
    return networkLogits(this.network, this.embeddings, this.linear, this.weights, { rows, chosen, between });
  }

  /** The network as it is now; a copy. */
  state(): NetworkState {
    return {
      width: this.settings.width,
      table: this.embeddings.table.slice(),
      linear: this.linear?.table.slice() ?? new Float32Array(0),
      weights: this.weights.map(({ values, shape }) => ({ values: values.slice(), shape })),
    };
  }

  keep(): void {
    this.kept = this.state();
  }

  restore(): void {
    this.embeddings.table.set(this.kept.table);
    this.linear?.table.set(this.kept.linear);
    this.weights.forEach(({ values }, w) => values.set(this.kept.weights[w].values));
  }
}

/** Log-odds of all rows by a trained network; `between` is called with the share done. */
export function scoreRows(
  network: Network,
  state: NetworkState,
  fieldOf: Int32Array,
  rows: SparseRows,
  between?: (share: number) => void,
): Float32Array {
  const embeddings = new FieldEmbeddings(state.table, state.width, fieldOf, null);
  const linear =
    state.linear.length === 0 ? null : new FieldEmbeddings(state.linear, 1, new Int32Array(fieldOf.length), null);
  const chosen = Int32Array.from({ length: rows.rows }, (_, row) => row);
  return networkLogits(network, embeddings, linear, state.weights, { rows, chosen, between });
}

function networkLogits(
  network: Network,
  embeddings: FieldEmbeddings,
  linear: FieldEmbeddings | null,
  weights: readonly Block[],
  { rows, chosen, between }: { rows: SparseRows; chosen: Int32Array; between?: (share: number) => void },
): Float32Array {
  const out = new Float32Array(chosen.length);
  for (let from = 0; from < chosen.length; from += piece) {
    between?.(from / chosen.length);
    const to = Math.min(chosen.length, from + piece);
    const inputs: Block[] = [
      { values: embeddings.gather(rows, chosen, from, to), shape: [to - from, embeddings.rowWidth] },
    ];
    if (linear !== null) inputs.push({ values: linear.gather(rows, chosen, from, to), shape: [to - from, 1] });
    out.set(
      evaluate([...inputs, ...weights], (...tensors) => forward(network, tensors, inputs.length, null)),
      from,
    );
  }
  return out;
}

/** Tensors are: embedded features, the linear part where there is one, then the weights. */
function forward(
  network: Network,
  tensors: readonly Tensor[],
  inputs: number,
  masks: readonly Float32Array[] | null,
): Matrix {
  const logits = network.logits(tensors[0] as Matrix, tensors.slice(inputs), masks);
  return inputs === 1 ? logits : sumOf(logits, tensors[1] as Matrix);
}
