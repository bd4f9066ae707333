import { giniOfShown } from '#shared/kernels/beyond-accuracy.ts';
import type { ExposureMetric } from './metric-shapes.ts';

export const metric: ExposureMetric = {
  id: 'gini-shown',
  title: 'Gini of shown items',
  dialect: 'over items shown at least once',
  better: 'lower',
  family: 'beyond',
  help: 'Unevenness among the items shown at all; looks fairer than it is where many are never shown.',
  ofExposure: giniOfShown,
};
