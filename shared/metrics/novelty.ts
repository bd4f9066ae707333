import { novelty } from '#shared/kernels/beyond-accuracy.ts';
import type { ListMetric } from './metric-shapes.ts';

export const metric: ListMetric = {
  id: 'novelty',
  title: 'Novelty',
  dialect: 'Vargas and Castells 2011: mean of -log2(popularity), bits',
  better: 'higher',
  family: 'beyond',
  help: 'How little known the shown items are.',
  ofList: (list, world) => novelty(list.items, list.start, list.end, world.popularity, world.users),
};
