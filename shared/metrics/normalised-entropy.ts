import { binaryEntropy } from '#shared/kernels/log-loss.ts';
import { weightedMean } from '#shared/kernels/weighted-classification.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'normalised-entropy',
  title: 'Normalised entropy',
  dialect: 'He et al. 2014: log loss / entropy of the base rate',
  better: 'lower',
  family: 'prediction',
  help: 'Log loss against always predicting the base rate: below 1 the model has learned something.',
  probability: true,
  ofRows: ({ losses, labels, weights }) => {
    const entropy = binaryEntropy(weightedMean(labels, weights));
    return entropy === 0 ? NaN : weightedMean(losses, weights) / entropy;
  },
};
