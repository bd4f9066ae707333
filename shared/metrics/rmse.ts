import { weightedMean } from '#shared/kernels/weighted-classification.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'rmse',
  title: 'Root mean squared error',
  dialect: 'scikit-learn',
  better: 'lower',
  family: 'prediction',
  rowwise: true,
  help: 'How far predictions are from the labels; large misses count most.',
  ofRows: ({ scores, targets, weights }) =>
    Math.sqrt(
      weightedMean(
        scores.map((score, i) => (score - targets[i]) ** 2),
        weights,
      ),
    ),
};
