import { RunboardError } from '#shared/contract/failure.ts';
import type { Model, Vectors } from '#shared/contract/values.ts';

/** The vectors of a model; throws bad-board where it has none. */
export function neededVectors(model: Model): Vectors {
  if (model.vectors !== null) return model.vectors;
  throw new RunboardError('bad-board', `the model of ${model.component} has no vectors to be searched`, {
    where: 'model',
    remedy: 'wire a model with vectors, such as iALS, BPR or two-tower',
  });
}

/** 1 for items whose vector is all zeros: the model knows nothing of them. */
export function unlearnedItems({ width, items }: Vectors): Uint8Array {
  const masked = new Uint8Array(width === 0 ? 0 : items.length / width).fill(1);
  for (let place = 0; place < items.length; place++) if (items[place] !== 0) masked[Math.floor(place / width)] = 0;
  return masked;
}
