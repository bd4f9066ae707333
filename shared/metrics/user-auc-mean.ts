import type { GroupAucMetric } from './metric-shapes.ts';

export const metric: GroupAucMetric = {
  id: 'user-auc-mean',
  title: 'Per-user AUC, mean',
  dialect: 'Cornac: every user counts alike',
  better: 'higher',
  family: 'prediction',
  help: 'Per-user AUC in which every user counts alike.',
  weighting: 'uniform',
};
