import { ndcgAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'ndcg',
  title: 'NDCG',
  dialect: 'RecBole, implicit, Cornac, recommenders: binary gain, log2',
  better: 'higher',
  family: 'accuracy',
  help: 'Hits weighed by how far up they stand, as a share of the best possible list.',
  at: (list, k) => ndcgAt(list.gains, list.length, list.relevant, k),
};
