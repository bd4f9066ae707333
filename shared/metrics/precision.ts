import { precisionAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'precision',
  title: 'Precision',
  dialect: 'RecBole, Cornac, recommenders, Elliot: hits / k',
  better: 'higher',
  family: 'accuracy',
  help: 'How much of the first k places holds something the user went on to choose; short lists are punished.',
  at: (list, k) => precisionAt(list.gains, list.length, list.relevant, k),
};
