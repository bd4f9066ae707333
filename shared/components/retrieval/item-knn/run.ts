import { implement } from '#shared/contract/component.ts';
import { fitItemKnn, scoreItemKnnInto } from '#shared/kernels/item-knn.ts';
import type { SparseRows } from '#shared/kernels/sparse.ts';
import { offerScores, popularFallback, propose } from '#shared/values/propose.ts';
import { itemPopularity, rowOf, trainingMatrix } from '#shared/values/training-matrix.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  fit({ split }, { neighbours, shrinkage, weighting }, context) {
    const users = trainingMatrix(split, weighting);
    const seed = context.random('neighbours').bits();
    const model = fitItemKnn(users, { neighbours, shrinkage, seed }, (share) =>
      context.progress(share, 'finding neighbours'),
    );
    return { starts: model.starts, columns: model.columns, values: model.values ?? new Float32Array(0) };
  },

  open({ starts, columns, values }, { split }, { weighting, fallback }) {
    const items = split.dataset.items.ids.length;
    const model: SparseRows = { rows: items, cols: items, starts, columns, values };
    const popularity = itemPopularity(split);
    return {
      model,
      users: trainingMatrix(split, weighting),
      fallback: popularFallback(popularity, fallback),
      scores: new Float64Array(items),
    };
  },

  apply({ model, users, fallback, scores }, { split }, { keep }, context) {
    const candidates = propose(split, { keep, fallback }, context, (heap, r, hidden) => {
      const history = rowOf(users, split.requests.user[r]);
      if (history.items.length === 0) return false;
      scoreItemKnnInto(scores, model, history.items, history.values);
      // No similarity to anything in the history is no reason to be proposed.
      for (let item = 0; item < scores.length; item++) if (scores[item] === 0) scores[item] = -Infinity;
      offerScores(heap, scores, hidden);
      return true;
    });
    return { candidates };
  },
});
