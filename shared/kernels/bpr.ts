import type { Random } from './random.ts';
import { hasCell, type SparseRows } from './sparse.ts';

/** How BPR is trained. */
export interface BprOptions {
  /** Length of a factor vector, from 1. */
  readonly factors: number;
  /** Step length η of stochastic gradient descent. */
  readonly learningRate: number;
  /** λ on all vectors and biases. */
  readonly regularisation: number;
  /** Probability that a negative is drawn from the event list (in proportion to popularity) instead of uniformly from all items. */
  readonly popularityShare: number;
}

/** Parameters of BPR matrix factorisation: score(u, i) = users[u] · items[i] + biases[i]. Tables are row-major. */
export interface BprModel {
  readonly factors: number;
  readonly users: Float32Array;
  readonly items: Float32Array;
  readonly biases: Float32Array;
}

/** What happened in some training steps. */
export interface BprProgress {
  /** Triples that led to a step. */
  trained: number;
  /** Draws whose negative was one of the user's own items, and that were skipped. */
  skipped: number;
  /** Trained triples whose positive already scored higher: their share is a running estimate of training AUC. */
  ordered: number;
  /** Sum of -ln σ(x_ui - x_uj) over the trained triples. */
  loss: number;
}

/** A model with vectors from N(0, (0.1 / √factors)²)-like uniform noise: U(-½, ½) / factors, and zero biases. */
export function startBpr(
  shape: { readonly users: number; readonly items: number },
  factors: number,
  random: Random,
): BprModel {
  const users = new Float32Array(shape.users * factors);
  const items = new Float32Array(shape.items * factors);
  for (let i = 0; i < users.length; i++) users[i] = (random.next() - 0.5) / factors;
  for (let i = 0; i < items.length; i++) items[i] = (random.next() - 0.5) / factors;
  return { factors, users, items, biases: new Float32Array(shape.items) };
}

/** The user of each cell of a matrix, so that cells can be drawn uniformly. */
export function cellRows(matrix: SparseRows): Int32Array {
  const rowOf = new Int32Array(matrix.columns.length);
  for (let r = 0; r < matrix.rows; r++) rowOf.fill(r, matrix.starts[r], matrix.starts[r + 1]);
  return rowOf;
}

/** Uniform integer below a bound from one 32-bit draw: `random.integer` without its exactness, at a third of the cost. */
function drawBelow(random: Random, below: number): number {
  return ((random.bits() * below) / 4294967296) | 0;
}

/**
 * Stochastic gradient steps of BPR (Rendle et al. 2009, arXiv:1205.2618) on `draws` triples (user, positive, negative).
 * A positive is a cell drawn uniformly with replacement; a negative that the user has is skipped.
 *   z = σ(-(x_ui - x_uj)); u += η (z (i - j) - λ u); i += η (z u - λ i); j += η (-z u - λ j); biases alike.
 * `rowOf` is `cellRows(users)`. Adds to `progress`. Sequential, so the result depends on the seed only.
 */
export function trainBpr(
  model: BprModel,
  users: SparseRows,
  rowOf: Int32Array,
  options: BprOptions,
  random: Random,
  draws: number,
  progress: BprProgress,
): void {
  const { columns, cols } = users;
  const { factors, biases } = model;
  const rate = options.learningRate;
  const decay = 1 - rate * options.regularisation;
  const cells = columns.length;
  for (let d = 0; d < draws; d++) {
    const cell = drawBelow(random, cells);
    const user = rowOf[cell];
    const positive = columns[cell];
    const popular = options.popularityShare > 0 && random.next() < options.popularityShare;
    const negative = popular ? columns[drawBelow(random, cells)] : drawBelow(random, cols);
    if (hasCell(users, user, negative)) {
      progress.skipped++;
      continue;
    }
    const margin =
      biases[positive] - biases[negative] + marginOf(model, user * factors, positive * factors, negative * factors);
    const z = 1 / (1 + Math.exp(margin));
    progress.trained++;
    if (margin > 0) progress.ordered++;
    progress.loss -= Math.log(1 - z);
    stepVectors(model, user * factors, positive * factors, negative * factors, decay, rate * z);
    biases[positive] = decay * biases[positive] + rate * z;
    biases[negative] = decay * biases[negative] - rate * z;
  }
}

/** users[u] · (items[i] - items[j]); offsets into the tables. Four sums, so that one addition need not wait for the last. */
function marginOf(model: BprModel, u: number, i: number, j: number): number {
  const { factors, users, items } = model;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 4 <= factors; k += 4) {
    s0 += users[u + k] * (items[i + k] - items[j + k]);
    s1 += users[u + k + 1] * (items[i + k + 1] - items[j + k + 1]);
    s2 += users[u + k + 2] * (items[i + k + 2] - items[j + k + 2]);
    s3 += users[u + k + 3] * (items[i + k + 3] - items[j + k + 3]);
  }
  for (; k < factors; k++) s0 += users[u + k] * (items[i + k] - items[j + k]);
  return s0 + s1 + (s2 + s3);
}

function stepVectors(model: BprModel, u: number, i: number, j: number, decay: number, push: number): void {
  const { factors, users, items } = model;
  for (let k = 0; k < factors; k++) {
    const x = users[u + k];
    const y = items[i + k];
    const z = items[j + k];
    users[u + k] = decay * x + push * (y - z);
    items[i + k] = decay * y + push * x;
    items[j + k] = decay * z - push * x;
  }
}
