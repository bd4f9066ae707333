import * as tf from '@tensorflow/tfjs-core';

/** Numbers and their shape: what goes into a computation on tensors. */
export interface Block {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** The value of a loss, and its gradient by each input, beside the input's values. */
export interface Slope {
  readonly loss: number;
  readonly gradients: readonly Float32Array[];
}

/**
 * Loss and gradients of `loss` by each of `inputs`. Every tensor made on the way is gone afterwards. The inputs become
 * fresh tensors: XNNPACK keeps packed copies by tensor, so weights changed in place would be read as they were.
 */
export function slope(inputs: readonly Block[], loss: (...tensors: tf.Tensor[]) => tf.Scalar): Slope {
  const result = { loss: NaN, gradients: [] as Float32Array[] };
  // Nothing is returned from tidy: it would look for tensors in every number of an array.
  tf.tidy(() => {
    const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => loss(...tensors))(inputs.map(toTensor));
    result.loss = value.dataSync()[0];
    result.gradients = grads.map((gradient) => gradient.dataSync() as Float32Array);
  });
  return result;
}

/** Values of `compute` on `inputs`, as numbers; leaves no tensor behind. */
export function evaluate(inputs: readonly Block[], compute: (...tensors: tf.Tensor[]) => tf.Tensor): Float32Array {
  let values = new Float32Array(0);
  tf.tidy(() => {
    values = compute(...inputs.map(toTensor)).dataSync() as Float32Array<ArrayBuffer>;
  });
  return values;
}

function toTensor(block: Block): tf.Tensor {
  return tf.tensor(block.values, [...block.shape], 'float32');
}
