import { intraListDiversity } from '#shared/kernels/category-lists.ts';
import type { ListMetric } from './metric-shapes.ts';

export const metric: ListMetric = {
  id: 'ild',
  title: 'Intra-list diversity',
  dialect: '1 - mean pairwise cosine of category vectors',
  better: 'higher',
  family: 'beyond',
  help: 'How different the items of one list are from each other.',
  needs: ['categories'],
  ofList: (list, world) =>
    world.categories === null
      ? NaN
      : intraListDiversity(
          list.items,
          list.start,
          list.end,
          world.categories.offsets,
          world.categories.codes,
          world.scratch,
        ),
};
