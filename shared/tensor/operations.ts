import * as tf from '@tensorflow/tfjs-core';

/*
 * Operations with gradients of our own. Each is one node of the graph: fewer tensors, no broadcast (slow in the
 * WebAssembly backend), and element-wise work in one loop over typed arrays, the same on every backend.
 */

/** What operations work on, under names of our own: nothing outside this layer imports tfjs. */
export type Tensor = tf.Tensor;
export type Matrix = tf.Tensor2D;
export type Vector = tf.Tensor1D;

type Given = readonly tf.Tensor[];

/** A differentiable operation from its value and the gradients by its inputs. */
function operation(
  inputs: tf.Tensor[],
  forward: (given: Given) => {
    value: tf.Tensor;
    saved: tf.Tensor[];
    back: (dy: tf.Tensor, saved: Given) => tf.Tensor | tf.Tensor[];
  },
): tf.Tensor {
  return tf.customGrad((...given) => {
    const save = given[given.length - 1] as tf.GradSaveFunc;
    const { value, saved, back } = forward(given.slice(0, -1) as tf.Tensor[]);
    save(saved);
    return { value, gradFunc: back };
  })(...inputs);
}

/** Numbers of a tensor; not to be changed. */
function numbers(tensor: tf.Tensor): Float32Array {
  return tensor.dataSync() as Float32Array;
}

/** Each row divided by its length: y = x / |x|; dx = (dy - y (y · dy)) / |x|. Rows shorter than 1e-12 stay as they are. */
export function normaliseRows(x: tf.Tensor2D): tf.Tensor2D {
  const [rows, width] = x.shape;
  return operation([x], ([given]) => {
    const out = numbers(given).slice();
    const lengths = new Float32Array(rows);
    for (let r = 0; r < rows; r++) {
      let square = 0;
      for (let i = r * width; i < (r + 1) * width; i++) square += out[i] * out[i];
      lengths[r] = Math.max(Math.sqrt(square), 1e-12);
      for (let i = r * width; i < (r + 1) * width; i++) out[i] /= lengths[r];
    }
    const value = tf.tensor2d(out, [rows, width]);
    return { value, saved: [], back: (dy) => tf.tensor2d(normaliseBack(out, numbers(dy), lengths), [rows, width]) };
  }) as tf.Tensor2D;
}

function normaliseBack(y: Float32Array, dy: Float32Array, lengths: Float32Array): Float32Array {
  const rows = lengths.length;
  const width = y.length / Math.max(1, rows);
  const dx = new Float32Array(y.length);
  for (let r = 0; r < rows; r++) {
    let along = 0;
    for (let i = r * width; i < (r + 1) * width; i++) along += y[i] * dy[i];
    for (let i = r * width; i < (r + 1) * width; i++) dx[i] = (dy[i] - y[i] * along) / lengths[r];
  }
  return dx;
}

/** x W + b, then ReLU where asked. Width of x, rows of W, and of b: as in a product of matrices. */
export function dense(
  x: tf.Tensor2D,
  weights: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: 'linear' | 'relu' = 'linear',
): tf.Tensor2D {
  return operation([x, weights, bias], ([a, w, b]) => {
    const value = tf.fused.matMul({ a: a as tf.Tensor2D, b: w as tf.Tensor2D, bias: b, activation });
    return {
      value,
      saved: [a, w, value],
      back: (dy, [from, by, out]) => {
        const slope = activation === 'relu' ? tf.mul(dy, tf.step(out)) : dy;
        return [
          tf.matMul(slope, by, false, true),
          tf.matMul(from, slope, true, false),
          columnSums(slope as tf.Tensor2D),
        ];
      },
    };
  }) as tf.Tensor2D;
}

/**
 * One cross layer of DCN-v2: x0 ⊙ (x W + b) + x (Wang et al. 2021, equation 1). With u = x W + b:
 * dx0 = dy ⊙ u, du = dy ⊙ x0, dx = du Wᵀ + dy, dW = xᵀ du.
 */
export function cross(x0: tf.Tensor2D, x: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return operation([x0, x, weights, bias], ([first, a, w, b]) => {
    const inner = tf.fused.matMul({ a: a as tf.Tensor2D, b: w as tf.Tensor2D, bias: b });
    return {
      value: tf.add(tf.mul(first, inner), a),
      saved: [first, a, w, inner],
      back: (dy, [start, from, by, u]) => {
        const slope = tf.mul(dy, start) as tf.Tensor2D;
        return [
          tf.mul(dy, u),
          tf.add(tf.matMul(slope, by, false, true), dy),
          tf.matMul(from, slope, true, false),
          columnSums(slope),
        ];
      },
    };
  }) as tf.Tensor2D;
}

/** One cross layer with W = U V of rank r: U is width × r, V is r × width. Fewer numbers and products where r is small. */
export function lowRankCross(
  x0: tf.Tensor2D,
  x: tf.Tensor2D,
  weights: { down: tf.Tensor2D; up: tf.Tensor2D; bias: tf.Tensor1D },
): tf.Tensor2D {
  const rank = weights.down.shape[1];
  const narrow = dense(x, weights.down, tf.zeros([rank]));
  return tf.add(tf.mul(x0, dense(narrow, weights.up, weights.bias)), x);
}

/** Matrices of equal height side by side. */
export function sideBySide(left: tf.Tensor2D, right: tf.Tensor2D): tf.Tensor2D {
  return operation([left, right], ([a, b]) => ({
    value: tf.concat([a, b], 1),
    saved: [],
    back: (dy) => tf.split(dy, [left.shape[1], right.shape[1]], 1),
  })) as tf.Tensor2D;
}

/** Sum of two matrices of equal shape. */
export function sumOf(left: Matrix, right: Matrix): Matrix {
  return tf.add(left, right);
}

/** Rows of `left` times rows of `right`, all with all, divided by `temperature`. */
export function allPairs(left: Matrix, right: Matrix, temperature: number): Matrix {
  return tf.matMul(scaled(left, 1 / temperature), right, false, true);
}

function scaled(x: Matrix, factor: number): Matrix {
  return operation([x], ([given]) => ({
    value: tf.mul(given, factor),
    saved: [],
    back: (dy) => tf.mul(dy, factor),
  })) as Matrix;
}

/** x times numbers drawn beforehand: 0 where dropped, 1 / (1 - share) where kept. */
export function dropout(x: tf.Tensor2D, mask: Float32Array): tf.Tensor2D {
  return operation([x], ([given]) => {
    const kept = tf.tensor(mask, given.shape);
    return { value: tf.mul(given, kept), saved: [kept], back: (dy, [factors]) => tf.mul(dy, factors) };
  }) as tf.Tensor2D;
}

/** Mean over the batch of weight · (max(z, 0) - y z + ln(1 + e^-|z|)): log loss of log-odds z against labels y in [0, 1]. */
export function logLossMean(logits: tf.Tensor, labels: Float32Array, weights: Float32Array | null): tf.Scalar {
  return operation([logits], ([given]) => {
    const z = numbers(given);
    const slopes = new Float32Array(z.length);
    let total = 0;
    for (let i = 0; i < z.length; i++) {
      const weight = weights === null ? 1 : weights[i];
      const e = Math.exp(-Math.abs(z[i]));
      total += weight * (Math.max(z[i], 0) - labels[i] * z[i] + Math.log1p(e));
      const probability = z[i] >= 0 ? 1 / (1 + e) : e / (1 + e);
      slopes[i] = (weight * (probability - labels[i])) / z.length;
    }
    return {
      value: tf.scalar(total / z.length),
      saved: [tf.tensor(slopes, given.shape)],
      back: (dy, [slope]) => timesScalar(slope, dy as tf.Scalar),
    };
  }) as tf.Scalar;
}

/** x times a scalar; for the 1 that a gradient starts from, x itself. */
export function timesScalar(x: tf.Tensor, factor: tf.Scalar): tf.Tensor {
  return factor.dataSync()[0] === 1 ? tf.clone(x) : tf.mul(x, factor);
}

/** Sums over rows, as a product with ones: reducing the first axis transposes in the WebAssembly backend. */
function columnSums(x: tf.Tensor2D): tf.Tensor1D {
  const [rows, width] = x.shape;
  return tf.reshape(tf.matMul(tf.ones([1, rows]), x), [width]) as tf.Tensor1D;
}
