import { listAucAt } from '#shared/kernels/ranking-metrics.ts';
import type { AccuracyMetric } from './metric-shapes.ts';

export const metric: AccuracyMetric = {
  id: 'list-auc',
  title: 'AUC of a list',
  dialect: 'implicit AUC@k: the part below k counts half',
  better: 'higher',
  family: 'accuracy',
  help: 'Chance that a relevant item stands above another one, places below k counted as undecided.',
  at: (list, k) => listAucAt(list.gains, list.length, list.relevant, k, list.candidates),
};
