import { reciprocalRankAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'mrr',
  title: 'Mean reciprocal rank',
  dialect: 'RecBole and others; 0 below k',
  better: 'higher',
  family: 'accuracy',
  help: 'How far up the first relevant item stands: 1 at the top, 1/2 second, 0 below k.',
  at: (list, k) => reciprocalRankAt(list.gains, list.length, list.relevant, k),
};
