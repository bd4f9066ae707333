import { weightedAuc } from '#shared/kernels/weighted-classification.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'auc',
  title: 'AUC',
  dialect: 'scikit-learn, RecBole: ties count half',
  better: 'higher',
  family: 'prediction',
  help: 'Chance that a positive example scores above a negative one, over all users together; rewards knowing which users are active.',
  ofRows: ({ scores, labels, weights }) => weightedAuc(scores, labels, weights),
};
