import { weightedMean } from '#shared/kernels/weighted-classification.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'mae',
  title: 'Mean absolute error',
  dialect: 'scikit-learn',
  better: 'lower',
  family: 'prediction',
  rowwise: true,
  help: 'How far predictions are from the labels, on average.',
  ofRows: ({ scores, targets, weights }) =>
    weightedMean(
      scores.map((score, i) => Math.abs(score - targets[i])),
      weights,
    ),
};
