import type { GroupAucMetric } from './metric-shapes.ts';

export const metric: GroupAucMetric = {
  id: 'user-auc',
  title: 'Per-user AUC',
  dialect: 'RecBole GAUC: weighted by positives, ties half',
  better: 'higher',
  family: 'prediction',
  help: 'Chance that a positive scores above a negative of the same user: what reordering a list can change.',
  weighting: 'positives',
};
