import { recallOf, weightedConfusionAt } from '#shared/kernels/threshold-metrics.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'recall-threshold',
  title: 'Recall at threshold',
  dialect: 'score >= threshold is predicted positive',
  better: 'higher',
  family: 'prediction',
  help: 'How many of the positives are from the threshold on.',
  thresholded: true,
  ofRows: ({ scores, labels, weights, threshold }) => recallOf(weightedConfusionAt(scores, labels, weights, threshold)),
};
