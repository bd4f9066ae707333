import { f1Of, weightedConfusionAt } from '#shared/kernels/threshold-metrics.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'f1',
  title: 'F1',
  dialect: 'score >= threshold is predicted positive',
  better: 'higher',
  family: 'prediction',
  help: 'Harmonic mean of precision and recall when scores from the threshold on are taken.',
  thresholded: true,
  ofRows: ({ scores, labels, weights, threshold }) => f1Of(weightedConfusionAt(scores, labels, weights, threshold)),
};
