import { implement } from '#shared/contract/component.ts';
import { scanTop } from '#shared/kernels/exact-search.ts';
import { neededVectors, unlearnedItems } from '#shared/values/model-vectors.ts';
import { isKnown } from '#shared/values/propose-by-vectors.ts';
import { popularFallback, propose } from '#shared/values/propose.ts';
import { itemPopularity } from '#shared/values/training-matrix.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  open(_, { model }, { fallback }) {
    const vectors = neededVectors(model);
    return { masked: unlearnedItems(vectors), fallback: popularFallback(itemPopularity(model.split), fallback) };
  },

  apply({ masked, fallback }, { model }, { keep }, context) {
    const { width, users, items } = neededVectors(model);
    const { split } = model;
    const candidates = propose(split, { keep, fallback }, context, (heap, r, hidden) => {
      const user = split.requests.user[r];
      const query = users.subarray(user * width, (user + 1) * width);
      if (!isKnown(query)) return false;
      // Marked by 2, so that what was masked before stays masked.
      for (let h = 0; h < hidden.length; h++) masked[hidden[h]] |= 2;
      scanTop(heap, items, query, { masked });
      for (let h = 0; h < hidden.length; h++) masked[hidden[h]] &= ~2;
      return true;
    });
    return { candidates };
  },
});
