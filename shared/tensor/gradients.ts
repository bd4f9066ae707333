import * as tf from '@tensorflow/tfjs-core';
import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';

/*
 * Gradients of the operations that our networks are made of. The bundle of tfjs-core that Node loads registers none;
 * the file that would is not loadable from outside a bundler.
 */

type InputGradients = Record<string, () => Tensor>;

interface Rule {
  readonly kernel: string;
  readonly keep: readonly string[];
  readonly keepOutput?: boolean;
  gradients(dy: Tensor, saved: readonly Tensor[], attributes: NamedAttrMap): InputGradients;
}

const rules: readonly Rule[] = [
  {
    kernel: 'Add',
    keep: ['a', 'b'],
    gradients: (dy, [a, b]) => ({ a: () => reduceTo(dy, a.shape), b: () => reduceTo(dy, b.shape) }),
  },
  {
    kernel: 'Sub',
    keep: ['a', 'b'],
    gradients: (dy, [a, b]) => ({ a: () => reduceTo(dy, a.shape), b: () => reduceTo(tf.neg(dy), b.shape) }),
  },
  {
    kernel: 'Multiply',
    keep: ['a', 'b'],
    gradients: (dy, [a, b]) => ({
      a: () => reduceTo(tf.mul(dy, b), a.shape),
      b: () => reduceTo(tf.mul(dy, a), b.shape),
    }),
  },
  { kernel: 'BatchMatMul', keep: ['a', 'b'], gradients: matMulGradients },
  {
    kernel: 'Relu',
    keep: ['x'],
    gradients: (dy, [x]) => ({ x: () => tf.mul(dy, tf.step(x)) }),
  },
  {
    kernel: 'Square',
    keep: ['x'],
    gradients: (dy, [x]) => ({ x: () => tf.mul(dy, tf.mul(x, 2)) }),
  },
  {
    kernel: 'Reshape',
    keep: ['x'],
    gradients: (dy, [x]) => ({ x: () => tf.reshape(dy, x.shape) }),
  },
  {
    kernel: 'Sum',
    keep: ['x'],
    gradients: (dy, [x], attributes) => ({ x: () => spread(dy, x.shape, attributes['axis'] as number | number[]) }),
  },
  {
    kernel: 'GatherV2',
    keep: ['x', 'indices'],
    gradients: (dy, [x, indices], attributes) => {
      if (attributes['axis'] !== 0 || attributes['batchDims'] !== 0)
        throw new Error('the gradient of gather is known for rows only');
      return {
        x: () =>
          tf.unsortedSegmentSum(
            tf.reshape(dy, [indices.size, ...x.shape.slice(1)]),
            tf.reshape(indices, [indices.size]) as tf.Tensor1D,
            x.shape[0],
          ),
        indices: () => indices,
      };
    },
  },
];

/** Makes the operations of `rules` differentiable, unless something else in this thread already did. */
export function registerGradients(): void {
  for (const rule of rules) {
    if (tf.getGradient(rule.kernel) !== undefined) continue;
    tf.registerGradient({
      kernelName: rule.kernel,
      inputsToSave: [...rule.keep],
      gradFunc: (dy, saved, attributes) => rule.gradients(dy as Tensor, saved, attributes),
    });
  }
}

/** C = A B: dA = dC Bᵀ, dB = Aᵀ dC; and the like where an operand is transposed. */
function matMulGradients(dy: Tensor, [a, b]: readonly Tensor[], attributes: NamedAttrMap): InputGradients {
  const turnA = attributes['transposeA'] === true;
  const turnB = attributes['transposeB'] === true;
  return {
    a: () => (turnA ? tf.matMul(b, dy, turnB, true) : tf.matMul(dy, b, false, !turnB)),
    b: () => (turnB ? tf.matMul(dy, a, true, turnA) : tf.matMul(a, dy, !turnA, false)),
  };
}

/** Sums away what broadcasting had repeated. */
function reduceTo(dy: Tensor, shape: number[]): Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, dy.shape);
  const summed = axes.length > 0 ? tf.sum(dy, axes) : dy;
  return tf.reshape(summed, shape);
}

/** The gradient of a sum: dy repeated along the axes that were summed. */
function spread(dy: Tensor, shape: number[], axis: number | number[]): Tensor {
  const kept = shape.slice();
  for (const a of tf.util.parseAxisParam(axis, shape)) kept[a] = 1;
  return tf.mul(tf.reshape(dy, kept), tf.ones(shape, 'float32'));
}
