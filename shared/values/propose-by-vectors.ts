import type { Context } from '#shared/contract/component.ts';
import type { Candidates, Split, Vectors } from '#shared/contract/values.ts';
import { scoreRowsInto } from '#shared/kernels/exact-search.ts';
import { offerScores, propose, type ProposeOptions } from './propose.ts';

/** What an exact search over vectors needs beside the split. */
export interface VectorProposeOptions extends ProposeOptions {
  readonly vectors: Vectors;
  /** Training events of each item: items without any have no learned vector and are not proposed. */
  readonly popularity: Float64Array;
}

/** Whether a user's vector says anything: unknown users have zeros. */
export function isKnown(vector: Float32Array): boolean {
  for (let k = 0; k < vector.length; k++) if (vector[k] !== 0) return true;
  return false;
}

/** Candidates by the inner product of user and item vectors, over the whole catalogue. */
export function proposeByVectors(split: Split, options: VectorProposeOptions, context: Context): Candidates {
  const { vectors, popularity } = options;
  const { width, users, items } = vectors;
  const scores = new Float64Array(popularity.length);
  return propose(split, options, context, (heap, r, hidden) => {
    const user = split.requests.user[r];
    const query = users.subarray(user * width, (user + 1) * width);
    if (!isKnown(query)) return false;
    scoreRowsInto(scores, items, query, 0, scores.length);
    for (let item = 0; item < scores.length; item++) if (popularity[item] === 0) scores[item] = -Infinity;
    offerScores(heap, scores, hidden);
    return true;
  });
}
