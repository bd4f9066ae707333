import { describe, expect, it } from 'vitest';
import { Xoshiro } from '../random.ts';
import { directMethod } from '../../../test/support/direct-method.ts';
import { doublyRobust, importanceWeights, inversePropensity, meanOf } from './estimators.ts';
import { bootstrapRatio, clusterSums, crossFittingFolds, jackknifeError, quantileOfSorted } from './resampling.ts';
import { supportOf } from './support.ts';

const actions = 5;
const contexts = 4;
const rows = 800;

/** A world with known click rates, a logging policy and another one to judge; both depend on the context. */
function world(seed: number) {
  const random = new Xoshiro(seed, 'world');
  const rate = Float64Array.from({ length: contexts * actions }, () => 0.05 + 0.5 * random.next());
  const policies = [0, 1].map(() => {
    const made = Float64Array.from({ length: contexts * actions }, () => 0.1 + random.next());
    for (let c = 0; c < contexts; c++) {
      const row = made.subarray(c * actions, (c + 1) * actions);
      const total = row.reduce((a, b) => a + b);
      row.forEach((value, a) => (row[a] = value / total));
    }
    return made;
  });
  let truth = 0;
  for (let i = 0; i < rate.length; i++) truth += (policies[1][i] * rate[i]) / contexts;
  return { rate, logging: policies[0], target: policies[1], truth };
}

function logOf({ rate, logging, target }: ReturnType<typeof world>, random: Xoshiro) {
  const context = new Int32Array(rows);
  const action = new Int32Array(rows);
  const reward = new Float64Array(rows);
  const logged = new Float64Array(rows);
  const evaluated = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    context[i] = random.integer(contexts);
    let left = random.next();
    let a = 0;
    while (a < actions - 1 && left >= logging[context[i] * actions + a]) left -= logging[context[i] * actions + a++];
    action[i] = a;
    const cell = context[i] * actions + a;
    logged[i] = logging[cell];
    evaluated[i] = target[cell];
    reward[i] = random.next() < rate[cell] ? 1 : 0;
  }
  return { context, action, reward, logged, evaluated };
}

/** Cross-fitted click rates per context and action, smoothed towards the overall rate. */
function predictionsOf(log: ReturnType<typeof logOf>, random: Xoshiro): Float64Array {
  const folds = 3;
  const ownCluster = Int32Array.from({ length: rows }, (_, i) => i);
  const fold = crossFittingFolds(ownCluster, rows, folds, random);
  const predictions = new Float64Array(rows * actions);
  const overall = meanOf(log.reward);
  for (let f = 0; f < folds; f++) {
    const sums = new Float64Array(contexts * actions).fill(overall * 5);
    const counts = new Float64Array(contexts * actions).fill(5);
    for (let i = 0; i < rows; i++) {
      if (fold[i] === f) continue;
      sums[log.context[i] * actions + log.action[i]] += log.reward[i];
      counts[log.context[i] * actions + log.action[i]]++;
    }
    for (let i = 0; i < rows; i++) {
      if (fold[i] !== f) continue;
      for (let a = 0; a < actions; a++) {
        const cell = log.context[i] * actions + a;
        predictions[i * actions + a] = sums[cell] / counts[cell];
      }
    }
  }
  return predictions;
}

describe('500 synthetic logs with known truth', () => {
  const logs = 500;
  let ipsSquares = 0;
  let drSquares = 0;
  const covered = { ips: 0, dr: 0 };
  for (let log = 0; log < logs; log++) {
    const random = new Xoshiro(log, 'log');
    const one = world(log);
    const logged = logOf(one, random);
    const weights = importanceWeights(logged.evaluated, logged.logged);
    const predictions = predictionsOf(logged, random);
    const policy = new Float64Array(rows * actions);
    for (let i = 0; i < rows; i++) {
      policy.set(one.target.subarray(logged.context[i] * actions, (logged.context[i] + 1) * actions), i * actions);
    }
    const ips = inversePropensity(logged.reward, weights);
    const dr = doublyRobust({
      rewards: logged.reward,
      weights,
      direct: directMethod(policy, predictions, actions),
      logged: Float64Array.from({ length: rows }, (_, i) => predictions[i * actions + logged.action[i]]),
    });
    ipsSquares += (meanOf(ips) - one.truth) ** 2;
    drSquares += (meanOf(dr) - one.truth) ** 2;
    const ones = new Float64Array(rows).fill(1);
    for (const [name, rounds] of [
      ['ips', ips],
      ['dr', dr],
    ] as const) {
      const { low, high } = bootstrapRatio(rounds, ones, { rounds: 500, alpha: 0.05, random });
      if (low <= one.truth && one.truth <= high) covered[name]++;
    }
  }
  it('DR errs no more than IPS', () => {
    expect(Math.sqrt(drSquares / logs)).toBeLessThanOrEqual(Math.sqrt(ipsSquares / logs));
  });
  it('95 % intervals hold the truth in 92 to 98 % of the logs', () => {
    for (const held of [covered.ips, covered.dr]) {
      expect(held / logs).toBeGreaterThanOrEqual(0.92);
      expect(held / logs).toBeLessThanOrEqual(0.98);
    }
  });
});

describe('identities', () => {
  it('a policy judged from its own log earns what it earned', () => {
    const random = new Xoshiro(9, 'own');
    const { reward, logged } = logOf(world(9), random);
    expect(meanOf(inversePropensity(reward, importanceWeights(logged, logged)))).toBe(meanOf(reward));
    expect(supportOf(logged, logged).effectiveRows).toBe(rows);
  });
  it('says how little a log is worth', () => {
    const support = supportOf(Float64Array.of(1, 0, 0.5, 0.2), Float64Array.of(0.5, 0.5, 0, NaN));
    expect(support).toEqual({
      rows: 4,
      effectiveRows: 1,
      largestWeight: 2,
      meanWeight: 1,
      badPropensities: 2,
      unusedRows: 1,
    });
  });
  it('folds are even and keep clusters together', () => {
    const cluster = Int32Array.from({ length: 100 }, (_, i) => i % 10);
    const fold = crossFittingFolds(cluster, 10, 5, new Xoshiro(1, 'folds'));
    for (let i = 0; i < 100; i++) expect(fold[i]).toBe(fold[i % 10]);
    expect([...clusterSums(new Float64Array(100).fill(1), fold, 5)]).toEqual([20, 20, 20, 20, 20]);
  });
  it('quantiles are those of NumPy', () => {
    expect(quantileOfSorted(Float64Array.of(1, 2, 4, 8), 0.5)).toBe(3);
    expect(quantileOfSorted(Float64Array.of(1, 2, 4, 8), 0.9)).toBeCloseTo(6.8, 12);
  });
});

describe('the jackknife over groups', () => {
  it('of a mean, one value per group, is s / √n', () => {
    // 1, 2, 6: without one of them 4, 3.5, 1.5; s² = 7, so √(7 / 3).
    expect(jackknifeError(Float64Array.of(4, 3.5, 1.5))).toBeCloseTo(Math.sqrt(7 / 3), 12);
    expect(jackknifeError(Float64Array.of(4))).toBeNaN();
  });
});
