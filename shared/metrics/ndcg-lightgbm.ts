import { ndcgExponentialAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'ndcg-lightgbm',
  title: 'NDCG of LightGBM',
  dialect: 'LightGBM: gain 2^grade - 1; a query with nothing relevant counts 1',
  better: 'higher',
  family: 'accuracy',
  help: 'What LightGBM prints: higher than NDCG elsewhere wherever queries have nothing relevant.',
  at: (list, k) => ndcgExponentialAt(list.gains, list.length, list.ideal, k, 0),
  whenNothingRelevant: 1,
};
