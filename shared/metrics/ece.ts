import { weightedCalibrationError } from '#shared/kernels/weighted-classification.ts';
import type { RowsMetric } from './metric-shapes.ts';

export const metric: RowsMetric = {
  id: 'ece',
  title: 'Calibration error',
  dialect: 'Guo et al. 2017: bins of equal width',
  better: 'lower',
  family: 'prediction',
  help: 'How far predicted probabilities are from what happened, bin by bin.',
  probability: true,
  ofRows: ({ widthBins, bins, scores, labels, weights }) =>
    weightedCalibrationError(widthBins, bins, scores, labels, weights),
};
