import { beforeAll, describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultsOf, listsOf, twoPolicies } from '../../../../test/support/online-world.ts';
import type { Candidates, Dataset, Impressions, Metrics } from '#shared/contract/values.ts';
import { component as simulator } from '../user-simulator/run.ts';
import { spec as simulatorSpec } from '../user-simulator/spec.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

type Changes = Parameters<typeof defaultsOf<typeof spec.params>>[1];
type SimulatorChanges = Parameters<typeof defaultsOf<typeof simulatorSpec.params>>[1];

const quiet = { warmUp: 0, fatigue: 0, drift: 0, hide: 0, newUsers: 0, population: 2_000, days: 7, pool: 20 };

async function logOf(
  lists: readonly Candidates[],
  changes: SimulatorChanges,
  seed = 1,
): Promise<{ log: Dataset; metrics: Metrics }> {
  return simulator.apply(
    null,
    { lists, model: undefined, renewed: [], past: undefined },
    defaultsOf(simulatorSpec.params, { ...quiet, ...changes }),
    testContext({ seed }),
  );
}

async function judge(log: Dataset, policy: Candidates, changes: Changes = {}): Promise<Metrics> {
  return (await component.apply(null, { log, policy: [policy] }, defaultsOf(spec.params, changes), testContext()))
    .metrics;
}

/** Another order of the weak policy's own twenty items: held-out items first. */
function reordered(weak: Candidates): Candidates {
  const items = weak.items.slice();
  for (let r = 0; r < weak.requests.user.length; r++) {
    const row = items.subarray(weak.offsets[r], weak.offsets[r + 1]);
    row.copyWithin(1, 0, 9);
    row[0] = weak.items[weak.offsets[r] + 9];
  }
  return { ...weak, items };
}

describe('a policy that re-orders what was logged', () => {
  const { weak } = twoPolicies();
  const better = reordered(weak);
  let metrics: Metrics;
  let truth: number;
  beforeAll(async () => {
    const { log } = await logOf([weak], { explore: 1, requestsPerDay: 12_000 });
    metrics = await judge(log, better);
    // The truth comes from showing the policy itself, in the same world (same seed, same control).
    const shown = await logOf([weak, better], { explore: 0, requestsPerDay: 10 });
    truth = shown.metrics.slices['variant: B']['expected-ctr'].value ?? NaN;
  });

  it.each(['ctr-ips', 'ctr-clipped-ips', 'ctr-snips', 'ctr-dr', 'ctr-sndr', 'ctr-switch-dr'])(
    '%s holds the truth in its interval',
    (id) => {
      expect(metrics.metrics[id].low).toBeLessThan(truth);
      expect(metrics.metrics[id].high).toBeGreaterThan(truth);
    },
  );
  it('is labelled estimated and says how far the log can speak', () => {
    expect(metrics.origin).toBe('estimated');
    expect(metrics.metrics['mean-weight'].value).toBeGreaterThan(0.97);
    expect(metrics.metrics['largest-weight'].value).toBeCloseTo(20, 9);
    expect(metrics.metrics['effective-rows'].value).toBeLessThan(metrics.metrics['effective-rows'].n);
    // Twenty items in random order: the policy's own sequence is practically never in the log.
    expect(metrics.metrics['ctr-cascade-ips'].value).toBeNull();
    expect(metrics.metrics['ctr-list-ips'].value).toBeNull();
  });
  it('shrinking and switching lead from DR towards the direct method', async () => {
    const { log } = await logOf([weak], { explore: 1, requestsPerDay: 12_000 });
    const shrunk = await judge(log, better, { shrink: 20, clip: 1 });
    const [direct, robust] = [metrics.metrics['ctr-dm'].value ?? NaN, metrics.metrics['ctr-dr'].value ?? NaN];
    expect(shrunk.metrics['ctr-switch-dr'].value).toBeCloseTo(direct, 12);
    expect(shrunk.metrics['ctr-dros'].value).toBeGreaterThan(Math.min(direct, robust));
    expect(shrunk.metrics['ctr-dros'].value).toBeLessThan(Math.max(direct, robust));
    expect(metrics.metrics['ctr-dros'].value).toBeCloseTo(robust, 2);
  });
  it('the doubly robust interval is not wider than that of IPS by more than the resampling noise', () => {
    const width = (id: string): number => (metrics.metrics[id].high ?? NaN) - (metrics.metrics[id].low ?? NaN);
    expect(width('ctr-dr')).toBeLessThanOrEqual(1.06 * width('ctr-ips'));
  });
});

describe('the logged policy itself', () => {
  it('is estimated at what it earned, by every weighted estimator, exactly', async () => {
    const { weak } = twoPolicies();
    const { log } = await logOf([weak], { explore: 0.4, requestsPerDay: 2_000 });
    const metrics = await judge(log, weak, { explore: 0.4 });
    const earned = metrics.metrics['logged-ctr'].value;
    for (const id of ['ctr-ips', 'ctr-snips', 'ctr-cascade-ips', 'ctr-list-ips'])
      expect(metrics.metrics[id].value).toBeCloseTo(earned ?? NaN, 10);
    expect(metrics.metrics['mean-weight'].value).toBeCloseTo(1, 10);
  });
});

describe('refusals', () => {
  const { weak, strong } = twoPolicies();
  async function changed(change: (impressions: Impressions) => Partial<Impressions>): Promise<Dataset> {
    const { log } = await logOf([weak], { explore: 0.5, requestsPerDay: 1_000 });
    if (log.impressions === null) throw new Error('no impressions');
    return { ...log, impressions: { ...log.impressions, ...change(log.impressions) } };
  }
  const withFirst = (values: Float64Array, first: number): Float64Array =>
    values.map((value, row) => (row === 0 ? first : value));

  it('missing and zero propensities', async () => {
    const missing = await changed((one) => ({ propensity: withFirst(one.propensity, NaN) }));
    await expect(async () => judge(missing, weak)).rejects.toThrow(/1 of \d+ impressions have no propensity/);
    const zero = await changed((one) => ({ propensity: withFirst(one.propensity, 0) }));
    await expect(async () => judge(zero, weak)).rejects.toThrow('1 impressions have a propensity that is 0');
  });
  it('a log that never explored', async () => {
    const { log } = await logOf([weak], { explore: 0, requestsPerDay: 1_000 });
    await expect(async () => judge(log, strong)).rejects.toThrow('never explored');
  });
  it('a policy that shows what the log never shows', async () => {
    const { log } = await logOf([weak], { explore: 1, requestsPerDay: 4_000 });
    await expect(async () => judge(log, listsOf(weak.split, 20, 0, 99))).rejects.toThrow('support fails');
  });
  it('too few effective rows, and no impressions', async () => {
    const { log } = await logOf([weak], { explore: 0.01, requestsPerDay: 200 });
    await expect(async () => judge(log, reordered(weak), { leastRows: 100_000 })).rejects.toThrow(
      /the log is worth \d+ rows/,
    );
    await expect(async () => judge({ ...log, impressions: null }, weak)).rejects.toThrow('has no impressions');
  });
});
