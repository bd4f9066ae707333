import type { GroupAucMetric } from './metric-shapes.ts';

export const metric: GroupAucMetric = {
  id: 'user-auc-examples',
  title: 'Per-user AUC by examples',
  dialect: 'DIN GAUC: weighted by examples',
  better: 'higher',
  family: 'prediction',
  help: 'Per-user AUC in which users count by how many examples they have.',
  weighting: 'examples',
};
