import { recallAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'recall',
  title: 'Recall',
  dialect: 'RecBole, Cornac, recommenders, Elliot: hits / |T|',
  better: 'higher',
  family: 'accuracy',
  help: 'How much of what the user went on to choose is among the first k.',
  at: (list, k) => recallAt(list.gains, list.length, list.relevant, k),
};
