import { gini } from '#shared/kernels/beyond-accuracy.ts';
import type { ExposureMetric } from './metric-shapes.ts';

export const metric: ExposureMetric = {
  id: 'gini',
  title: 'Gini',
  dialect: 'RecBole: over the whole catalogue, items never shown included',
  better: 'lower',
  family: 'beyond',
  help: 'How unevenly items are shown: 0 all alike, towards 1 few take all.',
  ofExposure: gini,
};
