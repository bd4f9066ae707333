import { expect, it } from 'vitest';
import { binaryEntropy, logLoss, logLossOf, normalisedEntropy } from './log-loss.ts';

it('is the mean of -ln of what was given to the truth', () => {
  expect(logLoss([0.8, 0.4], [1, 0])).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, 14);
  expect(logLossOf(0, 1)).toBeCloseTo(34.54, 2);
  expect(logLossOf(1, 1)).toBeCloseTo(0, 12);
});

it('normalises by the base rate: predicting it gives 1', () => {
  expect(normalisedEntropy([0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0])).toBeCloseTo(1, 14);
  expect(normalisedEntropy([0.5, 0.5], [1, 1])).toBeNaN();
  expect(binaryEntropy(0.5)).toBeCloseTo(Math.LN2, 14);
  expect(binaryEntropy(0)).toBe(0);
});
