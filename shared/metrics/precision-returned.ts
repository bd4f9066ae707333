import { precisionReturnedAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'precision-returned',
  title: 'Precision over returned',
  dialect: 'LensKit: hits / list length',
  better: 'higher',
  family: 'accuracy',
  help: 'Precision over the items that were returned, so that short lists are not punished.',
  at: (list, k) => precisionReturnedAt(list.gains, list.length, list.relevant, k),
};
