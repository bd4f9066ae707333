import { ndcgRawAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'ndcg-raw',
  title: 'NDCG, graded',
  dialect: 'recommenders raw: gain = grade',
  better: 'higher',
  family: 'accuracy',
  help: 'NDCG where a higher grade counts in proportion.',
  at: (list, k) => ndcgRawAt(list.gains, list.length, list.ideal, k),
};
