import { precisionOf, weightedConfusionAt } from '#shared/kernels/threshold-metrics.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'precision-threshold',
  title: 'Precision at threshold',
  dialect: 'score >= threshold is predicted positive',
  better: 'higher',
  family: 'prediction',
  help: 'How many of the examples from the threshold on are positive.',
  thresholded: true,
  ofRows: ({ scores, labels, weights, threshold }) =>
    precisionOf(weightedConfusionAt(scores, labels, weights, threshold)),
};
