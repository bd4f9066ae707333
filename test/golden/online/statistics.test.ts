import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adjustedArm, cupedTheta, joinedSums, meanArm, ratioArm } from '#shared/kernels/experiments/arms.ts';
import type { Arm, PairSums } from '#shared/kernels/experiments/arms.ts';
import { posteriorOf } from '#shared/kernels/experiments/bayesian.ts';
import * as distributions from '#shared/kernels/experiments/distributions.ts';
import { alwaysValid, effectOf, fixedHorizon } from '#shared/kernels/experiments/lift.ts';
import type { Interval } from '#shared/kernels/experiments/lift.ts';
import { holm } from '#shared/kernels/holm.ts';
import { benjaminiHochbergAdjusted } from '#shared/kernels/experiments/multiple-testing.ts';
import { minimumDetectableLift, powerOfPlan } from '#shared/kernels/experiments/power.ts';
import { sampleRatioTest } from '#shared/kernels/experiments/sample-ratio.ts';
import { incompleteBeta } from '#shared/kernels/experiments/special-functions.ts';

// How the file was made: make_fixtures.py. Everything here must agree to 1e-9 (of the larger of 1 and the value).
interface Look {
  estimate: number;
  low: number;
  high: number;
  pValue: number;
  standardError: number;
}
interface Belief {
  chanceToWin: number;
  mean: number;
  low: number;
  high: number;
  riskOfKeeping: number;
  riskOfChoosing: number;
}
interface Analysis {
  fixed: Look;
  sequential: Look;
  sequentialTuned: Look;
  flat: Belief;
  proper: Belief;
}
type Kinds = Record<'mean' | 'ratio' | 'adjusted', { relative: Analysis; absolute: Analysis }>;
interface Fixture {
  distributions: Record<'normal' | 'student' | 'chiSquare' | 'beta', Record<string, number[][]>>;
  experiments: (Kinds & { theta: number; sums: PairSums[] })[];
  welch: { a: number[]; b: number[]; statistic: number; pValue: number; degrees: number }[];
  sampleRatio: { counts: number[]; weights: number[]; statistic: number; pValue: number }[];
  multipleTesting: { p: number[]; holm: number[]; benjaminiHochberg: number[] }[];
  power: {
    mean: number;
    variance: number;
    perArm: number;
    lift: number;
    alpha: number;
    power: number;
    detectable: number;
  }[];
}
const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'statistics.json'), 'utf8')) as Fixture;

function close(actual: number, expected: number, tolerance = 1e-9): void {
  expect(
    Math.abs(actual - expected) / Math.max(1, Math.abs(expected)),
    `${actual} instead of ${expected}`,
  ).toBeLessThanOrEqual(tolerance);
}

describe('distributions agree with SciPy', () => {
  const functions: [keyof Fixture['distributions'], string, (...values: number[]) => number][] = [
    ['normal', 'cdf', distributions.normalCdf],
    ['normal', 'quantile', distributions.normalQuantile],
    ['student', 'survival', distributions.studentSurvival],
    ['student', 'quantile', distributions.studentQuantile],
    ['chiSquare', 'survival', distributions.chiSquareSurvival],
    ['beta', 'cdf', (x, a, b) => incompleteBeta(a, b, x)],
  ];
  it.each(functions)('%s %s to 1e-11', (family, name, compute) => {
    const rows = fixture.distributions[family][name];
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) close(compute(...row.slice(0, -1)), row[row.length - 1], 1e-11);
  });
});

function checkLook(interval: Interval, expected: Look): void {
  close(interval.low, expected.low);
  close(interval.high, expected.high);
  close(interval.pValue, expected.pValue);
}

function checkAnalysis([a, b]: readonly Arm[], relative: boolean, expected: Analysis): void {
  const effect = effectOf(a, b, relative);
  close(effect.estimate, expected.fixed.estimate);
  close(effect.standardError, expected.fixed.standardError);
  checkLook(fixedHorizon(effect), expected.fixed);
  checkLook(alwaysValid(effect), expected.sequential);
  checkLook(alwaysValid(effect, 0.01, 600), expected.sequentialTuned);
  // gbstats takes the prior as relative to the base and rescales it for an absolute difference
  const scale = relative ? 1 : Math.abs(a.baseMean);
  for (const [prior, belief] of [
    [null, expected.flat],
    [{ mean: 0, deviation: 0.3 * scale }, expected.proper],
  ] as const) {
    const posterior = posteriorOf(effect.estimate, effect.standardError, prior);
    for (const key of ['chanceToWin', 'mean', 'low', 'high', 'riskOfKeeping', 'riskOfChoosing'] as const) {
      close(posterior[key], belief[key]);
    }
  }
}

describe('experiments agree with gbstats', () => {
  it.each(fixture.experiments.map((one, i) => [i, one] as const))('case %i', (_, one) => {
    const [sumsA, sumsB] = one.sums;
    const theta = cupedTheta(joinedSums(sumsA, sumsB));
    close(theta, one.theta);
    const arms: Record<keyof Kinds, Arm[]> = {
      mean: one.sums.map((sums) => meanArm(sums.n, sums.y, sums.yy)),
      ratio: one.sums.map((sums) => ratioArm(sums)),
      adjusted: one.sums.map((sums) => adjustedArm(sums, theta)),
    };
    for (const kind of ['mean', 'ratio', 'adjusted'] as const) {
      checkAnalysis(arms[kind], true, one[kind].relative);
      checkAnalysis(arms[kind], false, one[kind].absolute);
    }
  });
});

describe('tests agree with SciPy', () => {
  it('Welch on raw samples', () => {
    for (const one of fixture.welch) {
      const [a, b] = [one.a, one.b].map((values) => {
        let sum = 0;
        let squares = 0;
        for (const value of values) {
          sum += value;
          squares += value * value;
        }
        return meanArm(values.length, sum, squares);
      });
      const effect = effectOf(a, b, false);
      close(effect.estimate / effect.standardError, one.statistic);
      close(effect.degrees, one.degrees);
      close(fixedHorizon(effect).pValue, one.pValue);
    }
  });

  it('chi-square of the sample ratio', () => {
    for (const one of fixture.sampleRatio) {
      const result = sampleRatioTest(one.counts, one.weights);
      close(result.statistic, one.statistic);
      close(result.pValue, one.pValue);
    }
  });

  it('Holm, Benjamini and Hochberg', () => {
    for (const one of fixture.multipleTesting) {
      const p = Float64Array.from(one.p);
      holm(p).forEach((value, i) => close(value, one.holm[i]));
      benjaminiHochbergAdjusted(p).forEach((value, i) => close(value, one.benjaminiHochberg[i]));
    }
  });

  it("power and smallest lift, by GrowthBook's formulas", () => {
    for (const one of fixture.power) {
      const plan = { alpha: one.alpha, power: 0.8, tuning: 0 };
      close(powerOfPlan(one, one.perArm, one.lift, plan), one.power);
      close(minimumDetectableLift(one, one.perArm, plan), one.detectable);
    }
  });
});
