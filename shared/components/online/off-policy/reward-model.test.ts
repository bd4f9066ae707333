import { describe, expect, it } from 'vitest';
import { studentQuantile } from '#shared/kernels/experiments/distributions.ts';
import { meanOf } from '#shared/kernels/off-policy/estimators.ts';
import { jackknifeError } from '#shared/kernels/off-policy/resampling.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import type { JudgedPolicy } from './judged-policy.ts';
import { predict } from './reward-model.ts';

const appeal = [0.6, 0.4, 0.3, 0.2];
const examination = [1, 0.5];

/** A log of two places, items at random, clicks by the position model; the policy would show items 0 and 1. */
function drawn(seed: number, users = 150): JudgedPolicy {
  const random = new Xoshiro(seed, 'log');
  const rows = 2 * users;
  const item = Int32Array.from({ length: rows }, () => random.integer(4));
  const place = Int32Array.from({ length: rows }, (_, row) => row % 2);
  return {
    name: 'it',
    rows: {
      rows,
      row: Int32Array.from({ length: rows }, (_, row) => row),
      request: Int32Array.from({ length: rows }, (_, row) => row >> 1),
      item,
      items: 4,
      place,
      places: 2,
      click: Float64Array.from(item, (one, row) => (random.next() < appeal[one] * examination[row % 2] ? 1 : 0)),
      logged: new Float64Array(rows).fill(0.25),
      sequence: null,
      cluster: Int32Array.from({ length: rows }, (_, row) => row >> 1),
      clusters: users,
      slates: Int32Array.from({ length: users + 1 }, (_, s) => 2 * s),
      leftOut: 0,
    },
    evaluated: Float64Array.from(item, (one, row) => (one === row % 2 ? 1 : 0)),
    sequence: null,
    expects: (row, attraction) => attraction(row % 2),
    shown: null,
  };
}

describe('the direct method', () => {
  it('knows its own error: intervals over folds hold the truth about as often as they say, also on few users', () => {
    // Item 0 on top, item 1 below: (.6 + .5 · .4) / 2.
    const truth = (appeal[0] + examination[1] * appeal[1]) / 2;
    let held = 0;
    const logs = 100;
    for (let seed = 1; seed <= logs; seed++) {
      const { direct, without } = predict(
        drawn(seed),
        { folds: 5, smoothing: 0 },
        new Xoshiro(seed, 'folds'),
        () => {},
      );
      const half = studentQuantile(0.975, without.length - 1) * jackknifeError(without);
      if (Math.abs(meanOf(direct) - truth) <= half) held++;
    }
    // 95 expected; fewer than 87 come with chance .1 %.
    expect(held).toBeGreaterThanOrEqual(87);
  });

  it('has a fold left out at a time, with the model fitted on the others', () => {
    const shares: number[] = [];
    const { direct, without } = predict(drawn(1), { folds: 3, smoothing: 10 }, new Xoshiro(1, 'folds'), (share) =>
      shares.push(share),
    );
    expect(shares).toEqual([0, 1 / 3, 2 / 3]);
    expect(without).toHaveLength(3);
    for (const one of without) expect(Math.abs(one - meanOf(direct))).toBeLessThan(0.1);
    expect(new Set(without).size).toBe(3);
  });
});
