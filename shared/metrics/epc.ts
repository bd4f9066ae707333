import { popularityComplement } from '#shared/kernels/beyond-accuracy.ts';
import type { ListMetric } from './metric-shapes.ts';

export const metric: ListMetric = {
  id: 'epc',
  title: 'Expected popularity complement',
  dialect: 'Elliot EPC without relevance',
  better: 'higher',
  family: 'beyond',
  help: 'How far the shown items are from being popular, places near the top counting more.',
  ofList: (list, world) => popularityComplement(list.items, list.start, list.end, world.popularity, world.users),
};
