import { weightedAveragePrecision } from '#shared/kernels/weighted-classification.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'pr-auc',
  title: 'PR-AUC',
  dialect: 'scikit-learn average precision: Σ ΔR · P',
  better: 'higher',
  family: 'prediction',
  help: 'Area under precision over recall: tells more than AUC where positives are rare.',
  ofRows: ({ scores, labels, weights }) => weightedAveragePrecision(scores, labels, weights),
};
