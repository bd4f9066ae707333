import { describe, expect, it } from 'vitest';
import { Xoshiro } from '../random.ts';
import { adjustedArm, cupedTheta, joinedSums, meanArm, pairSums, ratioArm } from './arms.ts';
import { alwaysValid, effectFault, effectOf, fixedHorizon } from './lift.ts';
import { daysFor, liftStandardError, minimumDetectableLift, powerOfPlan, unitsPerArm } from './power.ts';
import { sampleRatioTest } from './sample-ratio.ts';
import { holm } from '../holm.ts';
import { benjaminiHochbergAdjusted } from './multiple-testing.ts';

const looks = 20;

/** One A/A test: units arrive in twenty equal batches; says whether each kind of interval ever, or at the end, left 0 out. */
function sameTwice(
  random: Xoshiro,
  perLook: number,
): { fixedAtEnd: boolean; fixedEver: boolean; sequentialEver: boolean } {
  const sums = new Float64Array(4);
  let fixedEver = false;
  let fixedAtEnd = false;
  let sequentialEver = false;
  for (let look = 1; look <= looks; look++) {
    for (let arm = 0; arm < 2; arm++) {
      for (let i = 0; i < perLook; i++) {
        const value = 5 + 2 * random.normal();
        sums[2 * arm] += value;
        sums[2 * arm + 1] += value * value;
      }
    }
    const n = look * perLook;
    const effect = effectOf(meanArm(n, sums[0], sums[1]), meanArm(n, sums[2], sums[3]));
    fixedAtEnd = fixedHorizon(effect).pValue < 0.05;
    fixedEver ||= fixedAtEnd;
    const interval = alwaysValid(effect);
    sequentialEver ||= interval.low > 0 || interval.high < 0;
  }
  return { fixedAtEnd, fixedEver, sequentialEver };
}

describe('1,000 A/A tests with 20 looks each', () => {
  const random = new Xoshiro(1, 'a/a');
  const results = Array.from({ length: 1000 }, () => sameTwice(random, 100));
  const share = (of: 'fixedAtEnd' | 'fixedEver' | 'sequentialEver'): number =>
    results.filter((one) => one[of]).length / 1000;

  it('at the end, the fixed horizon is wrong in 5 % ± 1.4 points', () => {
    expect(Math.abs(share('fixedAtEnd') - 0.05)).toBeLessThanOrEqual(0.014);
  });
  it('looking twenty times makes the fixed horizon wrong far more often', () => {
    expect(share('fixedEver')).toBeGreaterThan(0.15);
  });
  it('the always-valid interval stays at 5 % or below', () => {
    expect(share('sequentialEver')).toBeLessThanOrEqual(0.05);
  });
});

describe('planning', () => {
  const plan = { alpha: 0.05, power: 0.8, tuning: 0 };

  it('a design of 80 % power finds its effect in 80 % ± 3 points of 1,000 tests', () => {
    const random = new Xoshiro(2, 'power');
    const baseline = { mean: 0.3, variance: 0.3 * 0.7 };
    const lift = 0.2;
    const n = unitsPerArm(baseline, lift, plan);
    let found = 0;
    for (let test = 0; test < 1000; test++) {
      const clicks = [0, 0];
      for (let arm = 0; arm < 2; arm++) {
        const rate = baseline.mean * (1 + arm * lift);
        for (let i = 0; i < n; i++) if (random.next() < rate) clicks[arm]++;
      }
      const [a, b] = clicks.map((sum) => meanArm(n, sum, sum));
      if (fixedHorizon(effectOf(a, b)).pValue < 0.05) found++;
    }
    expect(Math.abs(found / 1000 - 0.8)).toBeLessThanOrEqual(0.03);
  });

  it('units, smallest lift and power are inverse to each other', () => {
    const baseline = { mean: 2, variance: 9 };
    for (const tuning of [0, 5000]) {
      const how = { ...plan, tuning };
      const n = unitsPerArm(baseline, 0.07, how);
      expect(powerOfPlan(baseline, n, 0.07, how)).toBeGreaterThanOrEqual(0.8);
      expect(powerOfPlan(baseline, n - 1, 0.07, how)).toBeLessThan(0.8);
      expect(minimumDetectableLift(baseline, n, how)).toBeCloseTo(0.07, 4);
    }
    expect(minimumDetectableLift(baseline, 5, plan)).toBeNaN();
    expect(unitsPerArm(baseline, 0, plan)).toBe(Infinity);
  });

  it('follows the ramp when counting days', () => {
    expect(daysFor(500, 2, 100)).toBe(10);
    expect(daysFor(500, 2, 100, [0.1, 0.5, 1])).toBe(3 + Math.ceil((1000 - 160) / 100));
    expect(daysFor(5, 2, 100, [0.1])).toBe(1);
    expect(daysFor(500, 2, 0)).toBe(Infinity);
  });

  it('by hand: mean 1, variance 1, 200 per arm, no lift', () => {
    expect(liftStandardError({ mean: 1, variance: 1 }, 200, 0)).toBeCloseTo(0.1, 12);
  });
});

describe('CUPED', () => {
  it.each([0.2, 0.5, 0.8])('with correlation %f the variance ratio is 1 - ρ²', (rho) => {
    const random = new Xoshiro(3, `cuped ${rho}`);
    const n = 100_000;
    const x = new Float64Array(n);
    const y = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      x[i] = random.normal();
      y[i] = 10 + rho * x[i] + Math.sqrt(1 - rho * rho) * random.normal();
    }
    const arm = Int32Array.from({ length: n }, (_, i) => i % 2);
    const a = pairSums(y, x, arm, 0);
    const b = pairSums(y, x, arm, 1);
    const theta = cupedTheta(joinedSums(a, b));
    const plain = effectOf(meanArm(a.n, a.y, a.yy), meanArm(b.n, b.y, b.yy), false);
    const adjusted = effectOf(adjustedArm(a, theta), adjustedArm(b, theta), false);
    const ratio = (adjusted.standardError / plain.standardError) ** 2;
    // The standard error of a correlation is (1 - ρ²) / √n; four of them, carried to ρ².
    expect(Math.abs(ratio - (1 - rho * rho))).toBeLessThan((8 * rho * (1 - rho * rho)) / Math.sqrt(n) + 1e-3);
  });
});

describe('ratio metrics', () => {
  it('the delta method gives the spread that repeated experiments show; the impression-level error is too small', () => {
    const random = new Xoshiro(4, 'ratio');
    const users = 400;
    const ratios: number[] = [];
    let stated = 0;
    let naive = 0;
    for (let round = 0; round < 1000; round++) {
      const clicks = new Float64Array(users);
      const views = new Float64Array(users);
      for (let u = 0; u < users; u++) {
        const rate = random.next() < 0.5 ? 0.05 : 0.45;
        views[u] = 5 + random.integer(20);
        for (let v = 0; v < views[u]; v++) if (random.next() < rate) clicks[u]++;
      }
      const sums = pairSums(clicks, views);
      const arm = ratioArm(sums);
      ratios.push(arm.mean);
      stated += arm.variance / users / 1000;
      naive += (arm.mean * (1 - arm.mean)) / sums.x / 1000;
    }
    const mean = ratios.reduce((a, b) => a + b) / ratios.length;
    const seen = ratios.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (ratios.length - 1);
    expect(stated / seen).toBeGreaterThan(0.85);
    expect(stated / seen).toBeLessThan(1.15);
    expect(naive / seen).toBeLessThan(0.5);
  });
});

describe('refusals and edges', () => {
  it('says why an effect cannot be stated', () => {
    const good = meanArm(10, 20, 50);
    expect(effectFault(good, good)).toBeNull();
    expect(effectFault(meanArm(1, 2, 4), good)).toContain('two units');
    expect(effectFault(meanArm(10, 0, 5), good)).toContain('mean of 0');
    expect(effectFault(good, meanArm(10, 10, 10))).toContain('vary');
  });
  it('corrects nothing when there is one test, and leaves out tests that were not made', () => {
    expect([...holm(Float64Array.of(0.03))]).toEqual([0.03]);
    expect([...benjaminiHochbergAdjusted(Float64Array.of(NaN, 0.03))]).toEqual([NaN, 0.03]);
    expect([...holm(Float64Array.of(0.01, NaN, 0.04))]).toEqual([0.02, NaN, 0.04]);
  });
  it('a split of 50.5 to 49.5 among 100,000 raises the sample ratio alarm, among 1,000 it does not', () => {
    expect(sampleRatioTest([50_600, 49_400], [1, 1]).pValue).toBeLessThan(0.001);
    expect(sampleRatioTest([506, 494], [1, 1]).pValue).toBeGreaterThan(0.5);
    expect(sampleRatioTest([0, 0], [1, 1]).pValue).toBe(1);
  });
});
