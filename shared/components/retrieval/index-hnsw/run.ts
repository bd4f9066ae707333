import type { Context } from '#shared/contract/component.ts';
import { implement } from '#shared/contract/component.ts';
import type { Model, Vectors } from '#shared/contract/values.ts';
import { scanTop } from '#shared/kernels/exact-search.ts';
import { HnswBuilder } from '#shared/kernels/hnsw-build.ts';
import { HnswWorkspace, searchHnsw, type HnswIndex } from '#shared/kernels/hnsw.ts';
import { TopHeap } from '#shared/kernels/topk.ts';
import { neededVectors, unlearnedItems } from '#shared/values/model-vectors.ts';
import { isKnown } from '#shared/values/propose-by-vectors.ts';
import { popularFallback, propose } from '#shared/values/propose.ts';
import { itemPopularity } from '#shared/values/training-matrix.ts';
import { spec } from './spec.ts';

/** Users asked to measure the loss. */
const sample = 200;

export const component = implement(spec, {
  async fit({ model }, { keep, searchEffort, links, buildEffort }, context) {
    const vectors = neededVectors(model);
    const options = { measure: 'inner-product', links, effort: Math.max(links, buildEffort) } as const;
    const builder = new HnswBuilder(vectors.items, vectors.width, options, context.random('graph'));
    const rows = builder.index.rows;
    while (!builder.step(50)) {
      context.progress((0.95 * builder.inserted) / rows, `${builder.inserted} of ${rows} items`);
      if (builder.inserted % 1000 === 0) await context.breathe();
    }
    measureLoss(builder.index, model, { keep, searchEffort }, context);
    return { ...builder.index };
  },

  open(index, { model }, { fallback }) {
    return {
      index,
      workspace: new HnswWorkspace(index),
      masked: unlearnedItems(neededVectors(model)),
      fallback: popularFallback(itemPopularity(model.split), fallback),
    };
  },

  apply({ index, workspace, masked, fallback }, { model }, { keep, searchEffort }, context) {
    const { split } = model;
    const vectors = neededVectors(model);
    const candidates = propose(split, { keep, fallback }, context, (heap, r, hidden) => {
      const query = queryOf(vectors, split.requests.user[r]);
      if (!isKnown(query)) return false;
      // Marked by 2, so that what was masked before stays masked.
      for (let h = 0; h < hidden.length; h++) masked[hidden[h]] |= 2;
      searchHnsw(index, workspace, heap, query, searchEffort, masked);
      for (let h = 0; h < hidden.length; h++) masked[hidden[h]] &= ~2;
      return true;
    });
    return { candidates };
  },
});

function queryOf({ width, users }: Vectors, user: number): Float32Array {
  return users.subarray(user * width, (user + 1) * width);
}

/** Compares with an exact scan for some users: the share found of what is best, and the share of items looked at. */
function measureLoss(
  index: HnswIndex,
  model: Model,
  { keep, searchEffort }: { keep: number; searchEffort: number },
  context: Context,
): void {
  const vectors = neededVectors(model);
  const masked = unlearnedItems(vectors);
  const capacity = Math.max(1, Math.min(keep, index.rows));
  const exact = new TopHeap(capacity);
  const found = new TopHeap(capacity);
  const workspace = new HnswWorkspace(index);
  const users = vectors.users.length / Math.max(1, vectors.width);
  let wanted = 0;
  let hits = 0;
  let asked = 0;
  for (let s = 0; s < Math.min(sample, users); s++) {
    context.progress(0.95 + (0.05 * s) / sample, 'measuring recall');
    const query = queryOf(vectors, Math.floor((s * users) / Math.min(sample, users)));
    if (!isKnown(query)) continue;
    scanTop(exact, vectors.items, query, { masked });
    searchHnsw(index, workspace, found, query, searchEffort, masked);
    const best = new Set(exact.ids.subarray(0, exact.size));
    for (let i = 0; i < found.size; i++) if (best.has(found.ids[i])) hits++;
    wanted += exact.size;
    asked++;
  }
  if (wanted === 0) return;
  context.measure(`recall of exact @${keep}`, hits / wanted);
  context.measure('share of items compared', workspace.compared / (asked * index.rows));
  if (hits / wanted < 0.9) {
    context.warn(
      `the index finds ${((100 * hits) / wanted).toFixed(1)} % of what an exact search finds: raise the search effort`,
    );
  }
}
