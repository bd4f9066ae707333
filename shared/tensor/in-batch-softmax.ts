import * as tf from '@tensorflow/tfjs-core';
import { timesScalar } from './operations.ts';

/** What is needed beside the logits of a batch of B pairs (query i, item i). */
export interface BatchItems {
  /** Item of each pair: a column that holds the row's own item elsewhere is an accidental hit. */
  readonly items: Int32Array;
  /** Natural logarithm of each item's chance to be in the batch, subtracted from its column; null for no correction. */
  readonly logChance: Float32Array | null;
  /** Leaves accidental hits out of the sum. */
  readonly maskHits: boolean;
}

/**
 * In-batch softmax cross-entropy, in place: row i becomes (softmax(logits_i - log p) - e_i) / B, the gradient of the mean loss.
 * Loss_i = ln sum_j exp(z_ij) - z_ii with z_ij = logits_ij - ln p_j, without j where item j = item i and j ≠ i
 * (Yi et al., RecSys 2019, equations 3 to 5). Returns the mean loss.
 */
export function inBatchSoftmax(logits: Float32Array, batch: BatchItems): number {
  const { items, logChance, maskHits } = batch;
  const size = items.length;
  let total = 0;
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const item = items[i];
    let largest = -Infinity;
    for (let j = 0; j < size; j++) {
      let z = logChance === null ? logits[row + j] : logits[row + j] - logChance[j];
      if (maskHits && j !== i && items[j] === item) z = -Infinity;
      logits[row + j] = z;
      if (z > largest) largest = z;
    }
    const own = logits[row + i];
    const sum = exponentials(logits, row, row + size, largest);
    total += Math.log(sum) - (own - largest);
    const scale = 1 / (sum * size);
    for (let j = 0; j < size; j++) logits[row + j] *= scale;
    logits[row + i] -= 1 / size;
  }
  return total / size;
}

/** 2^-n for n from 0 to 125; 0 at 126, so that what is 87 or more below the largest vanishes. */
const halvings = Float64Array.from({ length: 127 }, (_, n) => (n < 126 ? 2 ** -n : 0));

/**
 * Replaces z by e^(z - shift) in values[from .. to) and returns the sum; shift is at least the largest z. Relative error below
 * 1e-8: with z - shift = r - n ln 2 and |r| <= ln 2 / 2, e^r by its Taylor polynomial of degree 7, evaluated in pairs so that
 * neighbouring elements overlap. Three times as fast as Math.exp, which is right to the last of 53 bits.
 */
export function exponentials(values: Float32Array, from: number, to: number, shift: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) {
    const z = Math.max(values[i] - shift, -87.5);
    const n = (0.5 - z * 1.4426950408889634) | 0;
    const r = z + n * 0.6931471805599453;
    const r2 = r * r;
    const high =
      0.041666666666666664 + r * 0.008333333333333333 + r2 * (0.001388888888888889 + r * 0.0001984126984126984);
    const power = halvings[n] * (1 + r + r2 * (0.5 + r * 0.16666666666666666 + r2 * high));
    values[i] = power;
    sum += power;
  }
  return sum;
}

/** `inBatchSoftmax` as one differentiable operation on a B × B tensor: no max, broadcast or mask enters the graph. */
export function inBatchSoftmaxLoss(logits: tf.Tensor2D, batch: BatchItems): tf.Scalar {
  const operation = tf.customGrad<tf.Scalar>((...inputs) => {
    const [x, save] = inputs as [tf.Tensor2D, tf.GradSaveFunc];
    const work = (x.dataSync() as Float32Array).slice();
    const loss = tf.scalar(inBatchSoftmax(work, batch));
    save([tf.tensor(work, x.shape)]);
    return { value: loss, gradFunc: (dy: tf.Scalar, [slope]: tf.Tensor[]) => timesScalar(slope, dy) };
  });
  return operation(logits);
}
