import { averagePrecisionReturnedAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'map-returned',
  title: 'Mean average precision over returned',
  dialect: 'LensKit: Σ / min(|T|, list length)',
  better: 'higher',
  family: 'accuracy',
  help: 'Average precision that does not punish short lists.',
  at: (list, k) => averagePrecisionReturnedAt(list.gains, list.length, list.relevant, k),
};
