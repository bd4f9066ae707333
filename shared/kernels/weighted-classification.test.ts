import { expect, it } from 'vitest';
import { auc, aucStrict } from './auc.ts';
import { averagePrecision, thresholdCounts } from './classification-curves.ts';
import { calibrationBins, expectedCalibrationError } from './expected-calibration-error.ts';
import { Xoshiro } from './random.ts';
import * as weighted from './weighted-classification.ts';

it('equals the plain metrics on rows repeated as often as they weigh', () => {
  const random = new Xoshiro(1, 'weights');
  for (let trial = 0; trial < 30; trial++) {
    const scores = Float64Array.from({ length: 40 }, () => random.integer(12) / 11)
      .sort()
      .reverse();
    const labels = Uint8Array.from(scores, (_, i) => (i < 2 ? i : random.integer(2)));
    const weights = Float64Array.from(scores, (_, i) => (i < 2 ? 1 : random.integer(3)));
    const repeat = (values: ArrayLike<number>): number[] =>
      Array.from(weights).flatMap((times, i) => Array<number>(times).fill(values[i]));
    const [s, l] = [repeat(scores), repeat(labels)];
    expect(weighted.weightedAuc(scores, labels, weights)).toBeCloseTo(auc(s, l), 12);
    expect(weighted.weightedAucStrict(scores, labels, weights)).toBeCloseTo(aucStrict(s, l), 12);
    expect(weighted.weightedAveragePrecision(scores, labels, weights)).toBeCloseTo(
      averagePrecision(thresholdCounts(s, l)),
      12,
    );
    expect(weighted.weightedMean(labels, weights)).toBeCloseTo(l.reduce((a, b) => a + b, 0) / l.length, 12);
    const bins = Uint16Array.from(scores, (one) => Math.min(9, Math.floor(one * 10)));
    expect(weighted.weightedCalibrationError(bins, 10, scores, labels, weights)).toBeCloseTo(
      expectedCalibrationError(calibrationBins(s, l, 10)),
      12,
    );
  }
});

it('is undefined with one class', () => {
  const rows = [Float64Array.of(2, 1), Uint8Array.of(1, 1), Float64Array.of(1, 1)] as const;
  expect(weighted.weightedAuc(...rows)).toBeNaN();
  expect(weighted.weightedAucStrict(...rows)).toBeNaN();
  expect(weighted.weightedAveragePrecision(Float64Array.of(1), Uint8Array.of(0), Float64Array.of(1))).toBeNaN();
});
