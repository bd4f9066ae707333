import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as estimators from '#shared/kernels/off-policy/estimators.ts';
import * as slate from '#shared/kernels/off-policy/slate.ts';

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
  const direct = estimators.directMethod(policy, predictions, actions);
  const logged = Float64Array.from(rows.action, (action, i) => predictions[i * actions + action]);
  const corrections = { rewards, weights, direct, logged };
  const made: Record<string, Float64Array> = {
    ips: estimators.inversePropensity(rewards, weights),
    clipped: estimators.inversePropensity(rewards, weights, 2),
    snips: estimators.selfNormalised(rewards, weights),
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
  const weights = {
    standard: estimators.importanceWeights(
      slate.slateProbabilities(evaluated, slates),
      slate.slateProbabilities(conditional, slates),
    ),
    independent: estimators.importanceWeights(
      Float64Array.from(one.evaluatedMarginal),
      Float64Array.from(one.marginal),
    ),
    cascade: estimators.importanceWeights(
      slate.cascadeProbabilities(evaluated, slates),
      slate.cascadeProbabilities(conditional, slates),
    ),
  };
  const predictions = Float64Array.from(one.predictions);
  const made: Record<string, Float64Array> = {
    cascadeDoublyRobust: slate.cascadeDoublyRobust(
      {
        rewards,
        weights: weights.cascade,
        expected: estimators.directMethod(Float64Array.from(one.policy), predictions, one.choices),
        logged: Float64Array.from(one.action, (action, row) => predictions[row * one.choices + action]),
      },
      slates,
    ),
  };
  for (const [name, w] of Object.entries(weights)) {
    made[name] = slate.slateInversePropensity(rewards, w, slates);
    made[`${name}Normalised`] = slate.slateSelfNormalised(rewards, w, slates);
  }
  it.each(Object.keys(one.values))('%s', (name) => {
    expect(Math.abs(estimators.meanOf(made[name]) - one.values[name])).toBeLessThan(1e-9);
  });
});
