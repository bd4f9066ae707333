import { describe, expect, it } from 'vitest';
import { metric as eceMass } from './ece-mass.ts';
import { metric as ece } from './ece.ts';
import { metric as entropy } from './entropy.ts';
import { metric as giniShown } from './gini-shown.ts';
import { metric as gini } from './gini.ts';
import { metric as mae } from './mae.ts';
import { metric as prAuc } from './pr-auc.ts';
import { unitRows } from './scored-rows.ts';

describe('how often three items were shown, by hand', () => {
  // One item never, one once, one three times.
  const exposure = Float64Array.of(3, 0, 1);
  it.each([
    [gini, (2 * (2 * 1 + 3 * 3)) / (3 * 4) - 4 / 3],
    [giniShown, (2 * (1 * 1 + 2 * 3)) / (2 * 4) - 3 / 2],
    [entropy, -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25))],
  ])('$id', (metric, expected) => {
    expect(metric.ofExposure(exposure)).toBeCloseTo(expected, 12);
  });
});

describe('four scored examples by hand', () => {
  // Bins of equal width part them after 0.7, bins of equal size after 0.8.
  const { rows } = unitRows([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0], Int32Array.of(0, 1, 2, 3), {
    probability: true,
    threshold: 0.5,
    bins: 2,
  });
  it.each([
    [mae, (0.1 + 0.8 + 0.3 + 0.1) / 4],
    [prAuc, (1 / 1 + 2 / 3) / 2],
    [ece, (3 * Math.abs(0.8 - 2 / 3) + 1 * Math.abs(0.1 - 0)) / 4],
    [eceMass, (2 * Math.abs(0.85 - 1 / 2) + 2 * Math.abs(0.4 - 1 / 2)) / 4],
  ])('$id', (metric, expected) => {
    expect(metric.ofRows(rows)).toBeCloseTo(expected, 12);
  });
});
