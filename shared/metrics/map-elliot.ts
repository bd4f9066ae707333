import { meanPrecisionAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'map-elliot',
  title: 'Mean precision of Elliot',
  dialect: 'Elliot: mean of precision@1 to precision@k',
  better: 'higher',
  family: 'accuracy',
  help: 'What Elliot calls MAP: precision at every rank, hit or not.',
  at: (list, k) => meanPrecisionAt(list.gains, list.length, list.relevant, k),
};
