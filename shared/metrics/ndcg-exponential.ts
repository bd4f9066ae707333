import { ndcgExponentialAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'ndcg-exponential',
  title: 'NDCG, exponential',
  dialect: 'recommenders exp: gain 2^grade - 1',
  better: 'higher',
  family: 'accuracy',
  help: 'NDCG where one grade more counts about double.',
  at: (list, k) => ndcgExponentialAt(list.gains, list.length, list.ideal, k, 0),
};
