import { ndcgLateAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'ndcg-lenskit-graded',
  title: 'NDCG of LensKit, graded',
  dialect: 'LensKit with a gain field: gain = grade, discount from rank 3 on',
  better: 'higher',
  family: 'accuracy',
  help: 'NDCG in which the first two places count alike and a higher grade counts in proportion.',
  at: (list, k) => ndcgLateAt(list.gains, list.length, list.ideal, k, true),
};
