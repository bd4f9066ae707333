// The cascade doubly robust estimate: by hand, by enumeration of what a policy does below what stands above, and on simulated users
// who go down a list and leave.
import { beforeAll, describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultsOf, listsOf, twoPolicies } from '../../../../test/support/online-world.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
import type { Candidates, Dataset, Impressions, Metrics } from '#shared/contract/values.ts';
import { component as simulator } from '../user-simulator/run.ts';
import { spec as simulatorSpec } from '../user-simulator/spec.ts';
import { estimatorsOf } from './estimators.ts';
import type { Estimator } from './estimators.ts';
import type { JudgedPolicy } from './judged-policy.ts';
import { listPolicy } from './list-policy.ts';
import type { LoggedRows } from './logged-rows.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

const limits = { clip: 50, shrink: 10_000, leastRows: 1 };

/** Two lists of two places that the log showed with chance .5 and .25 down to each place. */
function byHand(change: Partial<LoggedRows> = {}): JudgedPolicy {
  const rows: LoggedRows = {
    rows: 4,
    row: Int32Array.of(0, 1, 2, 3),
    request: Int32Array.of(0, 0, 1, 1),
    item: Int32Array.of(0, 1, 1, 0),
    items: 2,
    place: Int32Array.of(0, 1, 0, 1),
    places: 2,
    click: Float64Array.of(1, 0, 0, 1),
    logged: Float64Array.of(0.5, 0.5, 0.5, 0.5),
    sequence: Float64Array.of(0.5, 0.25, 0.5, 0.25),
    cluster: Int32Array.of(0, 0, 1, 1),
    clusters: 2,
    slates: Int32Array.of(0, 2, 4),
    leftOut: 0,
    ...change,
  };
  const probability = Float64Array.of(0.6, 0.3, 0.4, 0.2);
  return {
    name: 'by hand',
    rows,
    evaluated: Float64Array.of(0.6, 0.5, 0.4, 0.5),
    sequence: { probability, expects: () => 0 },
    expects: () => 0,
    shown: null,
  };
}

const predictions = {
  logged: Float64Array.of(0.5, 0.2, 0.3, 0.4),
  direct: new Float64Array(4),
  below: Float64Array.of(0.45, 0.25, 0.35, 0.3),
  without: new Float64Array(2),
};

function cascadeOf(policy: JudgedPolicy): Estimator {
  const found = estimatorsOf(policy, predictions, limits).find(({ id }) => id === 'ctr-cascade-dr');
  if (found === undefined) throw new Error('there is no cascade doubly robust estimate');
  return found;
}

describe('by hand', () => {
  it('is Σ w (click - q̂) + (w above) E q̂ over the places of a list', () => {
    // Weights: 1.2, 1.2 and .8, .8.
    // First list: 1.2 · (1 - .5) + .45 + 1.2 · (0 - .2) + 1.2 · .25 = .6 + .45 - .24 + .3 = 1.11
    // Second list: .8 · (0 - .3) + .35 + .8 · (1 - .4) + .8 · .3 = -.24 + .35 + .48 + .24 = .83
    const { top, bottom, fault } = cascadeOf(byHand());
    expect(fault).toBeNull();
    expect([...top]).toEqual([expect.closeTo(1.11, 12), 0, expect.closeTo(0.83, 12), 0]);
    expect([...bottom]).toEqual([1, 1, 1, 1]);
  });

  it('says what is missing', () => {
    expect(cascadeOf(byHand({ sequence: null })).fault).toMatch(/no column `sequence`.*down to each place/);
    expect(cascadeOf({ ...byHand(), sequence: null }).fault).toContain('wire its lists instead');
    expect(cascadeOf(byHand({ place: Int32Array.of(0, 2, 0, 1) })).fault).toMatch(/^1 lists of the log lack rows/);
  });
});

/** A log of one user and one request: `shown` at the places from the top. */
function logged(dataset: Dataset, user: number, shown: readonly number[]): Dataset {
  const rows = shown.length;
  const impressions: Impressions = {
    user: new Int32Array(rows).fill(user),
    item: Int32Array.from(shown),
    time: new Float64Array(rows),
    request: new Int32Array(rows),
    position: Int32Array.from(shown, (_, at) => at + 1),
    propensity: new Float64Array(rows).fill(0.5),
    click: new Float32Array(rows),
    table: { rows, columns: {} },
  };
  return { ...dataset, impressions };
}

describe('what a policy does below what stands above', () => {
  const split = checkerboard(8, 8);
  const lists = listsOf(split, 4, 0);
  // Users are answered by their test request, which is the last.
  const request = lists.requests.user.length - 1;
  const user = lists.requests.user[request];
  const own = lists.items.subarray(lists.offsets[request], lists.offsets[request + 1]);
  const attraction = (item: number): number => (item + 1) ** 2 / 100;

  /** Every list that the policy may show, with its chance: its own, and every order of the first three. */
  function everyList(explore: number): { list: number[]; chance: number }[] {
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    return [
      { list: [own[0], own[1], own[2]], chance: 1 - explore },
      ...orders.map((order) => ({ list: order.map((at) => own[at]), chance: explore / 6 })),
    ];
  }

  it.each([
    [0, [0, 1, 2]],
    [0.4, [0, 1, 2]],
    [0.4, [0, 2, 1]],
    [0.4, [2, 0, 1]],
    [1, [1, 2, 0]],
    [0.4, [3, 0, 1]],
  ])('explore %d, shown %j', (explore, order) => {
    const shown = order.map((at) => own[at]);
    const policy = listPolicy('it', lists, logged(split.dataset, user, shown), null, { explore, pool: 3 });
    const all = everyList(explore);
    for (let row = 0; row < 3; row++) {
      const starts = (places: number) => (one: { list: number[] }) =>
        shown.slice(0, places).every((item, at) => one.list[at] === item);
      const total = (of: typeof all): number => of.reduce((sum, one) => sum + one.chance, 0);
      expect(policy.sequence?.probability[row]).toBeCloseTo(total(all.filter(starts(row + 1))), 12);
      const possible = all.filter(starts(row));
      const expected = possible.reduce((sum, one) => sum + one.chance * attraction(one.list[row]), 0);
      const above = total(possible);
      expect(policy.sequence?.expects(row, attraction)).toBeCloseTo(above === 0 ? 0 : expected / above, 12);
    }
  });
});

describe('users who go down a list', () => {
  // Three places: what is liked stands third in the one, first in the other.
  const { split } = twoPolicies();
  const short = listsOf(split, 3, 2);
  const better: Candidates = { ...short, items: short.items.slice() };
  for (let r = 0; r < short.requests.user.length; r++)
    better.items.subarray(short.offsets[r], short.offsets[r + 1]).reverse();
  let metrics: Metrics;
  let truth: number;

  beforeAll(async () => {
    const world = {
      warmUp: 0,
      fatigue: 0,
      drift: 0,
      hide: 0,
      newUsers: 0,
      population: 2_000,
      days: 7,
      pool: 3,
      places: 3,
    };
    const show = async (lists: readonly Candidates[], changes: object): Promise<{ log: Dataset; metrics: Metrics }> =>
      simulator.apply(
        null,
        { lists, model: undefined, renewed: [], past: undefined },
        defaultsOf(simulatorSpec.params, { ...world, clickModel: 'cascade', ...changes }),
        testContext({ seed: 1 }),
      );
    const { log } = await show([short], { explore: 1, requestsPerDay: 12_000 });
    const params = defaultsOf(spec.params, { pool: 3 });
    ({ metrics } = await component.apply(null, { log, policy: [better] }, params, testContext()));
    const shown = await show([short, better], { explore: 0, requestsPerDay: 10 });
    truth = shown.metrics.slices['variant: B']['expected-ctr'].value ?? NaN;
  });

  it('holds the truth in its interval, which is not wider than that of cascade IPS', () => {
    const [robust, plain] = ['ctr-cascade-dr', 'ctr-cascade-ips'].map((id) => metrics.metrics[id]);
    expect(robust.low).toBeLessThan(truth);
    expect(robust.high).toBeGreaterThan(truth);
    const width = (one: typeof robust): number => (one.high ?? NaN) - (one.low ?? NaN);
    expect(width(robust)).toBeLessThanOrEqual(1.06 * width(plain));
  });
});
