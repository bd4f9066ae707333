import { weightedMean } from '#shared/kernels/weighted-classification.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'log-loss',
  title: 'Log loss',
  dialect: 'natural logarithm, clipped at 1e-15',
  better: 'lower',
  family: 'prediction',
  help: 'How surprised the model is by what happened, in nats per example.',
  probability: true,
  ofRows: ({ losses, weights }) => weightedMean(losses, weights),
};
