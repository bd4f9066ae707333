import { denseWeights } from '#shared/tensor/layer-weights.ts';
import { dense, dropout } from '#shared/tensor/operations.ts';
import type { Matrix, Vector } from '#shared/tensor/operations.ts';
import type { Network } from '#shared/tensor/ranking-network.ts';

/** Dense layers with ReLU, then one number. */
export function denseNetwork(hidden: readonly number[]): Network {
  return {
    dropped: hidden,
    weights(inputs, random) {
      const widths = [inputs, ...hidden, 1];
      return widths.slice(1).flatMap((units, layer) => denseWeights(widths[layer], units, random));
    },
    logits(inputs, weights, masks) {
      let last = inputs;
      hidden.forEach((_, layer) => {
        last = dense(last, weights[2 * layer] as Matrix, weights[2 * layer + 1] as Vector, 'relu');
        if (masks !== null) last = dropout(last, masks[layer]);
      });
      return dense(last, weights[2 * hidden.length] as Matrix, weights[2 * hidden.length + 1] as Vector);
    },
  };
}
