import type { Block } from '#shared/tensor/gradient.ts';
import { denseWeights, matrixWeights } from '#shared/tensor/layer-weights.ts';
import { cross, dense, dropout, lowRankCross, sideBySide } from '#shared/tensor/operations.ts';
import type { Matrix, Tensor, Vector } from '#shared/tensor/operations.ts';
import type { Network } from '#shared/tensor/ranking-network.ts';

export interface CrossSettings {
  readonly structure: 'stacked' | 'parallel';
  readonly crosses: number;
  /** Rank of the cross matrices; 0 for full ones. */
  readonly rank: number;
  readonly hidden: readonly number[];
}

/** Deep and cross network, version 2: stacked (crosses, then layers) or parallel (both on the input, joined). */
export function crossNetwork(settings: CrossSettings): Network {
  const { structure, crosses, rank, hidden } = settings;
  const lowRank = rank > 0;
  return {
    dropped: hidden,
    weights(inputs, random) {
      const blocks: Block[] = [];
      for (let c = 0; c < crosses; c++) {
        if (lowRank) blocks.push(matrixWeights(inputs, rank, random), ...denseWeights(rank, inputs, random));
        else blocks.push(...denseWeights(inputs, inputs, random));
      }
      let width = inputs;
      for (const units of hidden) {
        blocks.push(...denseWeights(width, units, random));
        width = units;
      }
      const last = structure === 'parallel' && hidden.length > 0 ? inputs + width : width;
      return [...blocks, ...denseWeights(last, 1, random)];
    },
    logits(inputs, weights, masks) {
      const next = take(weights);
      let crossed = inputs;
      for (let c = 0; c < crosses; c++) {
        crossed = lowRank
          ? lowRankCross(inputs, crossed, { down: next() as Matrix, up: next() as Matrix, bias: next() as Vector })
          : cross(inputs, crossed, next() as Matrix, next() as Vector);
      }
      let deep = structure === 'parallel' ? inputs : crossed;
      hidden.forEach((_, layer) => {
        deep = dense(deep, next() as Matrix, next() as Vector, 'relu');
        if (masks !== null) deep = dropout(deep, masks[layer]);
      });
      const last = structure === 'parallel' ? (hidden.length > 0 ? sideBySide(crossed, deep) : crossed) : deep;
      return dense(last, next() as Matrix, next() as Vector);
    },
  };
}

/** Gives one weight after another. */
function take(weights: readonly Tensor[]): () => Tensor {
  let at = 0;
  return () => weights[at++];
}
