import type { Random } from './random.ts';
import type { SparseExamples, SparseRows } from './sparse.ts';
import { SparseAdam } from './adam.ts';
import type { AdamSettings } from './adam.ts';

/**
 * A factorization machine of degree 2 (Rendle 2010): bias, one weight and one vector of `width` numbers per feature.
 * `table` holds features × (width + 1): the vector, then the linear weight. With width 0 it is logistic regression.
 */
export interface FactorizationMachine {
  readonly width: number;
  /** One number. */
  readonly bias: Float32Array;
  readonly table: Float32Array;
}

/** A machine with vectors drawn from a normal distribution of standard deviation `spread`, other weights zero. */
export function newFactorizationMachine(
  features: number,
  width: number,
  spread: number,
  random: Random,
): FactorizationMachine {
  const table = new Float32Array(features * (width + 1));
  for (let f = 0; f < features; f++) {
    for (let d = 0; d < width; d++) table[f * (width + 1) + d] = spread * random.normal();
  }
  return { width, bias: new Float32Array(1), table };
}

/**
 * Log-odds of one row: b + sum_i w_i x_i + 1/2 sum_d [ (sum_i v_id x_i)^2 - sum_i (v_id x_i)^2 ].
 * Leaves sum_i v_id x_i in `sums` (width numbers). O(cells of the row · width).
 */
export function machineLogit(machine: FactorizationMachine, rows: SparseRows, row: number, sums: Float64Array): number {
  const { width, table } = machine;
  const { starts, columns, values } = rows;
  const stride = width + 1;
  let linear = machine.bias[0];
  let squares = 0;
  sums.fill(0);
  for (let p = starts[row]; p < starts[row + 1]; p++) {
    const at = columns[p] * stride;
    const x = values === undefined ? 1 : values[p];
    linear += table[at + width] * x;
    for (let d = 0; d < width; d++) {
      const term = table[at + d] * x;
      sums[d] += term;
      squares += term * term;
    }
  }
  let pairs = -squares;
  for (let d = 0; d < width; d++) pairs += sums[d] * sums[d];
  return linear + 0.5 * pairs;
}

/** Log-odds of all rows, or of the rows in `selection`. */
export function machineLogits(machine: FactorizationMachine, rows: SparseRows, selection?: Int32Array): Float32Array {
  const sums = new Float64Array(machine.width);
  const out = new Float32Array(selection?.length ?? rows.rows);
  for (let i = 0; i < out.length; i++)
    out[i] = machineLogit(machine, rows, selection === undefined ? i : selection[i], sums);
  return out;
}

/** Trains a machine on log loss by Adam with sparse updates, one batch at a time. */
export class MachineTrainer {
  readonly machine: FactorizationMachine;
  private readonly examples: SparseExamples;
  private readonly adam: SparseAdam;
  private readonly biasAdam: SparseAdam;
  private readonly sums: Float64Array;

  constructor(machine: FactorizationMachine, examples: SparseExamples, settings: AdamSettings) {
    this.machine = machine;
    this.examples = examples;
    this.adam = new SparseAdam(examples.rows.cols, machine.width + 1, settings);
    this.biasAdam = new SparseAdam(1, 1, { ...settings, decay: 0 });
    this.sums = new Float64Array(machine.width);
  }

  set rate(rate: number) {
    this.adam.rate = rate;
    this.biasAdam.rate = rate;
  }

  /** One step on the rows order[from .. to). Returns the sum of their log losses, before the step. */
  step(order: Int32Array, from: number, to: number): number {
    const { machine, examples, sums } = this;
    const scale = 1 / (to - from);
    let loss = 0;
    let biasGradient = 0;
    for (let i = from; i < to; i++) {
      const row = order[i];
      const logit = machineLogit(machine, examples.rows, row, sums);
      const label = examples.labels[row];
      const weight = examples.weights == null ? 1 : examples.weights[row];
      loss += weight * logLoss(logit, label);
      const slope = weight * (sigmoid(logit) - label) * scale;
      biasGradient += slope;
      this.addGradient(row, slope);
    }
    this.adam.step(machine.table);
    this.biasAdam.gradients[this.biasAdam.slot(0)] += biasGradient;
    this.biasAdam.step(machine.bias);
    return loss;
  }

  /** d logit / d v_id = x_i (sum_j v_jd x_j - v_id x_i);  d logit / d w_i = x_i. */
  private addGradient(row: number, slope: number): void {
    const { adam, sums } = this;
    const { width, table } = this.machine;
    const { starts, columns, values } = this.examples.rows;
    for (let p = starts[row]; p < starts[row + 1]; p++) {
      const x = values === undefined ? 1 : values[p];
      const at = columns[p] * (width + 1);
      const slot = adam.slot(columns[p]);
      const gradients = adam.gradients;
      const slopeX = slope * x;
      for (let d = 0; d < width; d++) gradients[slot + d] += slopeX * (sums[d] - table[at + d] * x);
      gradients[slot + width] += slopeX;
    }
  }
}

/** 1 / (1 + e^-z), without overflow. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** -y ln p - (1 - y) ln (1 - p) with p = sigmoid(z), without overflow: max(z, 0) - y z + ln(1 + e^-|z|). */
export function logLoss(logit: number, label: number): number {
  return Math.max(logit, 0) - label * logit + Math.log1p(Math.exp(-Math.abs(logit)));
}
