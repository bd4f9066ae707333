import { weightedAucStrict } from '#shared/kernels/weighted-classification.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'auc-strict',
  title: 'AUC, strict',
  dialect: 'Cornac: ties count 0',
  better: 'higher',
  family: 'prediction',
  help: 'AUC in which a tie is lost: lower wherever scores repeat.',
  ofRows: ({ scores, labels, weights }) => weightedAucStrict(scores, labels, weights),
};
