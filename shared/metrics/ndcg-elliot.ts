import { ndcgExponentialAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'ndcg-elliot',
  title: 'NDCG of Elliot',
  dialect: 'Elliot: gain 2^(grade - threshold + 1) - 1',
  better: 'higher',
  family: 'accuracy',
  help: 'Exponential NDCG with grades counted from the threshold of relevance.',
  at: (list, k) => ndcgExponentialAt(list.gains, list.length, list.ideal, k, list.threshold - 1),
};
