import { weightedCalibrationError } from '#shared/kernels/weighted-classification.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'ece-mass',
  title: 'Calibration error, equal bins',
  dialect: 'bins of equal size',
  better: 'lower',
  family: 'prediction',
  help: 'Calibration error that is steady where predictions crowd near zero, as clicks do.',
  probability: true,
  ofRows: ({ massBins, bins, scores, labels, weights }) =>
    weightedCalibrationError(massBins, bins, scores, labels, weights),
};
