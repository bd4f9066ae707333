import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realData } from '../../../test/support/real-data.ts';
import { Xoshiro } from '../random.ts';
import { importanceWeights, inversePropensity, meanOf } from './estimators.ts';
import { bootstrapRatio } from './resampling.ts';
import { supportOf } from './support.ts';

const folder = realData('open-bandit-men');
const items = 34;
const places = 3;

interface BanditLog {
  item: Int32Array;
  position: Int32Array;
  click: Float64Array;
  propensity: Float64Array;
}

function read(path: string): BanditLog {
  const lines = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  const cells = lines.map((line) => line.split(',', 6));
  return {
    item: Int32Array.from(cells, (cell) => Number(cell[2])),
    position: Int32Array.from(cells, (cell) => Number(cell[3]) - 1),
    click: Float64Array.from(cells, (cell) => Number(cell[4])),
    propensity: Float64Array.from(cells, (cell) => Number(cell[5])),
  };
}

/**
 * The policy's average choice by place. Thompson sampling moves from hour to hour, so the mean of the logged propensities of an item would
 * favour the hours in which it was likely (each row is there because it was drawn): how often it was drawn is the unbiased mean.
 */
function averagePolicy(log: BanditLog): Float64Array {
  const policy = new Float64Array(items * places);
  const shown = new Float64Array(places);
  for (let row = 0; row < log.item.length; row++) {
    policy[log.item[row] * places + log.position[row]]++;
    shown[log.position[row]]++;
  }
  return policy.map((count, cell) => count / shown[cell % places]);
}

describe.skipIf(folder === undefined)('Open Bandit, men (not run where the data is absent)', () => {
  it("estimates Bernoulli Thompson sampling's click-through rate from the random log", () => {
    const random = read(join(folder ?? '', 'random', 'men.csv'));
    const thompson = read(join(folder ?? '', 'bts', 'men.csv'));
    expect([random.click, thompson.click].map((clicks) => clicks.reduce((a, b) => a + b))).toEqual([46, 69]);
    const onPolicy = meanOf(thompson.click);
    const policy = averagePolicy(thompson);
    const evaluated = Float64Array.from(random.item, (item, row) => policy[item * places + random.position[row]]);
    const weights = importanceWeights(evaluated, random.propensity);
    const support = supportOf(evaluated, random.propensity);
    expect(support.badPropensities).toBe(0);
    expect(support.meanWeight).toBeGreaterThan(0.9);
    expect(support.meanWeight).toBeLessThan(1.1);
    expect(support.effectiveRows).toBeLessThan(random.item.length);
    const ones = new Float64Array(random.item.length).fill(1);
    for (const [name, rounds, denominator] of [
      ['ips', inversePropensity(random.click, weights), ones],
      ['snips', inversePropensity(random.click, weights), weights],
    ] as const) {
      const { low, high } = bootstrapRatio(rounds, denominator, {
        rounds: 1000,
        alpha: 0.05,
        random: new Xoshiro(1, name),
      });
      expect(low, name).toBeLessThanOrEqual(onPolicy);
      expect(high, name).toBeGreaterThanOrEqual(onPolicy);
      expect(high, name).toBeLessThan(0.02);
    }
    expect(meanOf(inversePropensity(random.click, weights)) / meanOf(weights)).toBeGreaterThan(0.002);
  });
});
