import { averagePrecisionAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'map',
  title: 'Mean average precision',
  dialect: 'RecBole, implicit, recommenders map_at_k: Σ / min(|T|, k)',
  better: 'higher',
  family: 'accuracy',
  help: 'Precision at every hit, averaged: rewards hits near the top, all of them.',
  at: (list, k) => averagePrecisionAt(list.gains, list.length, list.relevant, k),
};
