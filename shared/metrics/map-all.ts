import { averagePrecisionAllAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'map-all',
  title: 'Mean average precision over all relevant',
  dialect: 'recommenders map: Σ / |T|',
  better: 'higher',
  family: 'accuracy',
  help: 'Average precision that also counts relevant items for which the list had no room.',
  at: (list, k) => averagePrecisionAllAt(list.gains, list.length, list.relevant, k),
};
