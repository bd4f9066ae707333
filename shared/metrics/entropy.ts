import { exposureEntropy } from '#shared/kernels/beyond-accuracy.ts';
import type { ExposureMetric } from './metric-shapes.ts';

export const metric: ExposureMetric = {
  id: 'entropy',
  title: 'Entropy',
  dialect: 'Shannon, in nats',
  better: 'higher',
  family: 'beyond',
  help: 'How evenly items are shown: the logarithm of an effective number of items.',
  ofExposure: exposureEntropy,
};
