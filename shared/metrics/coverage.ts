import { coverage } from '#shared/kernels/beyond-accuracy.ts';
import type { ExposureMetric } from './metric-shapes.ts';

export const metric: ExposureMetric = {
  id: 'coverage',
  title: 'Coverage',
  dialect: 'RecBole and others: items shown / catalogue',
  better: 'higher',
  family: 'beyond',
  help: 'Share of the catalogue that is shown to anybody.',
  ofExposure: coverage,
};
