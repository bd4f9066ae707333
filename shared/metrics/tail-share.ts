import { tailShare } from '#shared/kernels/beyond-accuracy.ts';
import type { ListMetric } from './metric-shapes.ts';

export const metric: ListMetric = {
  id: 'tail-share',
  title: 'Long-tail share',
  dialect: 'Elliot APLT: items outside the head that makes up 80 % of events',
  better: 'higher',
  family: 'beyond',
  help: 'Share of places given to items outside the popular head.',
  ofList: (list, world) => tailShare(list.items, list.start, list.end, world.head),
};
