import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as estimators from '#shared/kernels/off-policy/estimators.ts';
import { cascadeDoublyRobust } from '#shared/kernels/off-policy/slate.ts';
import { directMethod } from '../../support/direct-method.ts';

// What obp 0.5.7 says; how the file was made: make_fixtures.py.
interface Fixture {
  rows: {
    actions: number;
    reward: number[];
    action: number[];
    logging: number[];
    policy: number[];
    predictions: number[];
    values: Record<string, number>;
  };
  slates: {
    places: number;
    choices: number;
    reward: number[];
    conditional: number[];
    evaluatedConditional: number[];
    marginal: number[];
    evaluatedMarginal: number[];
    action: number[];
    predictions: number[];
    policy: number[];
    values: Record<string, number>;
  };
}
const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'off-policy.json'), 'utf8')) as Fixture;

describe('estimators agree with obp to 1e-9', () => {
  const { rows } = fixture;
  const { actions } = rows;
  const rewards = Float64Array.from(rows.reward);
  const policy = Float64Array.from(rows.policy);
  const predictions = Float64Array.from(rows.predictions);
  const evaluated = Float64Array.from(rows.action, (action, i) => policy[i * actions + action]);
  const weights = estimators.importanceWeights(evaluated, Float64Array.from(rows.logging));
  const direct = directMethod(policy, predictions, actions);
  const logged = Float64Array.from(rows.action, (action, i) => predictions[i * actions + action]);
  const corrections = { rewards, weights, direct, logged };
  const made: Record<string, Float64Array> = {
    ips: estimators.inversePropensity(rewards, weights),
    clipped: estimators.inversePropensity(rewards, weights, 2),
    snips: estimators.inversePropensity(rewards, weights).map((one) => one / estimators.meanOf(weights)),
    dm: direct,
    dr: estimators.doublyRobust(corrections),
    drClipped: estimators.doublyRobust(corrections, 2),
    sndr: estimators.selfNormalisedDoublyRobust(corrections),
    switch: estimators.switchDoublyRobust(corrections, 1.5),
    shrunk: estimators.shrunkDoublyRobust(corrections, 3),
  };
  it.each(Object.keys(rows.values))('%s', (name) => {
    expect(Math.abs(estimators.meanOf(made[name]) - rows.values[name])).toBeLessThan(1e-9);
  });
  it('SWITCH-DR and DRos without a limit are DR', () => {
    expect(estimators.switchDoublyRobust(corrections, Infinity)).toEqual(made['dr']);
    expect(estimators.shrunkDoublyRobust(corrections, Infinity)).toEqual(made['dr']);
  });
});

describe('list estimators agree with obp to 1e-9', () => {
  const { slates: one } = fixture;
  const rewards = Float64Array.from(one.reward);
  const slates = Int32Array.from({ length: one.reward.length / one.places + 1 }, (_, s) => s * one.places);
  const conditional = Float64Array.from(one.conditional);
  const evaluated = Float64Array.from(one.evaluatedConditional);
  /** The probability of each list from its top to each place. */
  const downTo = (of: Float64Array): Float64Array => {
    const joint = of.slice();
    joint.forEach((_, row) => (joint[row] *= row % one.places === 0 ? 1 : joint[row - 1]));
    return joint;
  };
  const lastOfLists = (of: Float64Array): Float64Array =>
    of.map((_, row) => of[row - (row % one.places) + one.places - 1]);
  const weights = {
    standard: estimators.importanceWeights(lastOfLists(downTo(evaluated)), lastOfLists(downTo(conditional))),
    independent: estimators.importanceWeights(
      Float64Array.from(one.evaluatedMarginal),
      Float64Array.from(one.marginal),
    ),
    cascade: estimators.importanceWeights(downTo(evaluated), downTo(conditional)),
  };
  const predictions = Float64Array.from(one.predictions);
  const made: Record<string, Float64Array> = {
    cascadeDoublyRobust: cascadeDoublyRobust(
      {
        rewards,
        weights: weights.cascade,
        expected: directMethod(Float64Array.from(one.policy), predictions, one.choices),
        logged: Float64Array.from(one.action, (action, row) => predictions[row * one.choices + action]),
      },
      slates,
    ),
  };
  // Per list the sum over its places: their mean is the mean over rows times the places.
  for (const [name, w] of Object.entries(weights))
    made[name] = estimators.inversePropensity(rewards, w).map((row) => row * one.places);
  it.each(Object.keys(one.values))('%s', (name) => {
    expect(Math.abs(estimators.meanOf(made[name]) - one.values[name])).toBeLessThan(1e-9);
  });
});
