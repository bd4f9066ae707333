import { hitAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'hit',
  title: 'Hit rate',
  dialect: 'RecBole and others',
  better: 'higher',
  family: 'accuracy',
  help: 'Share of users with at least one relevant item among the first k.',
  at: (list, k) => hitAt(list.gains, list.length, list.relevant, k),
};
