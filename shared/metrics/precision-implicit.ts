import { recallCappedAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'precision-implicit',
  title: 'Precision of implicit',
  dialect: 'implicit: Σ hits / Σ min(k, |T|)',
  better: 'higher',
  family: 'accuracy',
  help: 'What implicit calls precision: capped recall, with all users thrown together.',
  at: (list, k) => recallCappedAt(list.gains, list.length, list.relevant, k),
  weight: (list, k) => Math.min(list.relevant, k),
};
