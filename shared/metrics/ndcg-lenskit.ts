import { ndcgLateAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'ndcg-lenskit',
  title: 'NDCG of LensKit',
  dialect: 'LensKit: binary gain, discount from rank 3 on',
  better: 'higher',
  family: 'accuracy',
  help: 'NDCG in which the first two places count alike.',
  at: (list, k) => ndcgLateAt(list.gains, list.length, list.ideal, k, false),
};
