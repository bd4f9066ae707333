import { meanAgeDays } from '#shared/kernels/beyond-accuracy.ts';
import type { ListMetric } from './metric-shapes.ts';

export const metric: ListMetric = {
  id: 'age',
  title: 'Age of shown items',
  dialect: 'mean age in days when shown',
  better: 'lower',
  family: 'beyond',
  help: 'How old the shown items are: the lower, the fresher.',
  needs: ['created'],
  ofList: (list, world) =>
    world.born === null ? NaN : meanAgeDays(list.items, list.start, list.end, world.born, list.time),
};
