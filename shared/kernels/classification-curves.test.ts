import { expect, it } from 'vitest';
import { auc } from './auc.ts';
import { averagePrecision, precisionRecallCurve, rocCurve, thresholdCounts } from './classification-curves.ts';
import { calibrationBins, calibrationBinsEqualMass, expectedCalibrationError } from './expected-calibration-error.ts';
import { Xoshiro } from './random.ts';
import { bestF1, f1Of, precisionOf, recallOf, weightedConfusionAt } from './threshold-metrics.ts';

// Worked example of scikit-learn's documentation of average_precision_score: 0.8333…
const scores = [0.1, 0.4, 0.35, 0.8];
const labels = [0, 0, 1, 1];

it('counts at each distinct threshold', () => {
  const counts = thresholdCounts([1, 2, 2, 3], [1, 0, 1, 1]);
  expect([...counts.thresholds]).toEqual([3, 2, 1]);
  expect([...counts.truePositives]).toEqual([1, 2, 3]);
  expect([...counts.falsePositives]).toEqual([0, 1, 1]);
});

it('area under precision over recall, by steps', () => {
  const counts = thresholdCounts(scores, labels);
  expect(averagePrecision(counts)).toBeCloseTo(0.5 * 1 + 0.5 * (2 / 3), 14);
});

it('the area under the full ROC curve is the AUC', () => {
  const random = new Xoshiro(2, 'roc');
  const x = Array.from({ length: 300 }, () => random.integer(40));
  const y = x.map((one) => (random.integer(60) < one ? 1 : 0));
  const roc = rocCurve(thresholdCounts(x, y), 1000);
  let area = 0;
  for (let i = 1; i < roc.x.length; i++) area += ((roc.x[i] - roc.x[i - 1]) * (roc.y[i] + roc.y[i - 1])) / 2;
  expect(area).toBeCloseTo(auc(x, y), 12);
  const few = rocCurve(thresholdCounts(x, y), 5);
  expect(few.x.length).toBe(6);
  expect([few.x[0], few.y[0], few.x[5], few.y[5]]).toEqual([0, 0, 1, 1]);
  expect(precisionRecallCurve(thresholdCounts(x, y), 5).x[4]).toBe(1);
});

it('precision, recall, F1 at a threshold, and the best one', () => {
  const confusion = weightedConfusionAt(
    Float64Array.from(scores),
    Uint8Array.from(labels),
    new Float64Array(4).fill(1),
    0.4,
  );
  expect(confusion).toEqual({ truePositives: 1, falsePositives: 1, falseNegatives: 1, trueNegatives: 1 });
  expect([precisionOf(confusion), recallOf(confusion), f1Of(confusion)]).toEqual([0.5, 0.5, 0.5]);
  expect(bestF1(thresholdCounts(scores, labels))).toEqual({ threshold: 0.35, f1: 0.8 });
  expect(bestF1(thresholdCounts([1], [0])).f1).toBeNaN();
});

it('expected calibration error by hand, in bins of equal width and of equal size', () => {
  const p = [0.05, 0.15, 0.15, 0.95];
  const y = [0, 1, 0, 1];
  const width = calibrationBins(p, y, 10);
  expect([...width.count]).toEqual([1, 2, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(expectedCalibrationError(width)).toBeCloseTo((1 * 0.05 + 2 * 0.35 + 1 * 0.05) / 4, 14);
  const mass = calibrationBinsEqualMass(p, y, 2);
  expect([...mass.count]).toEqual([2, 2]);
  expect(expectedCalibrationError(mass)).toBeCloseTo((2 * 0.4 + 2 * 0.05) / 4, 14);
});
