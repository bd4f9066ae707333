import { recallCappedAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'recall-capped',
  title: 'Recall, capped',
  dialect: 'LensKit: hits / min(|T|, k)',
  better: 'higher',
  family: 'accuracy',
  help: 'Recall that a perfect list brings to 1 even where more than k items are relevant.',
  at: (list, k) => recallCappedAt(list.gains, list.length, list.relevant, k),
};
