import { meanCategoryVectorInto, serendipity } from '#shared/kernels/category-lists.ts';
import type { ListMetric } from './metric-shapes.ts';

export const metric: ListMetric = {
  id: 'serendipity',
  title: 'Serendipity',
  dialect: 'recommenders: (1 - cosine to history) of relevant items',
  better: 'higher',
  family: 'beyond',
  help: 'How unlike the past the relevant items of a list are.',
  needs: ['categories'],
  ofList(list, world) {
    if (world.categories === null || list.history.length === 0) return NaN;
    const { offsets, codes } = world.categories;
    const past = world.scratch;
    meanCategoryVectorInto(past, list.history, 0, list.history.length, offsets, codes);
    const value = serendipity(list.items, list.start, list.end, list.gains, past, offsets, codes);
    past.fill(0);
    return value;
  },
};
