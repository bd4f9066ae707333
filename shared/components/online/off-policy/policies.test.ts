// Several policies judged from one log, and policies that were shown themselves.
import { describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultsOf, listsOf, twoPolicies } from '../../../../test/support/online-world.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
import type { Candidates, Dataset } from '#shared/contract/values.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import { component as simulator } from '../user-simulator/run.ts';
import { spec as simulatorSpec } from '../user-simulator/spec.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

type Changes = Parameters<typeof defaultsOf<typeof spec.params>>[1];

async function judge(log: Dataset, policy: readonly Candidates[], changes: Changes = {}) {
  const context = testContext();
  const { metrics } = await component.apply(null, { log, policy }, defaultsOf(spec.params, changes), context);
  return { metrics, context };
}

describe('several policies', () => {
  const { split, weak } = twoPolicies();
  const shuffled = { ...weak, items: weak.items.slice() };
  for (let r = 0; r < weak.requests.user.length; r++)
    shuffled.items.subarray(weak.offsets[r], weak.offsets[r + 1]).reverse();

  it('are each estimated as they would be alone, and set side by side', async () => {
    const params = defaultsOf(simulatorSpec.params, {
      explore: 1,
      requestsPerDay: 1_200,
      warmUp: 0,
      days: 5,
      population: 1_000,
    });
    const { log } = await simulator.apply(
      null,
      { lists: [weak], model: undefined, renewed: [], past: undefined },
      params,
      testContext(),
    );
    const foreign = listsOf(split, 20, 0, 99);
    const { metrics, context } = await judge(log, [weak, shuffled, foreign], { names: ['as it is', 'reversed'] });
    for (const [name, lists] of [
      ['as it is', weak],
      ['reversed', shuffled],
    ] as const) {
      const alone = (await judge(log, [lists])).metrics.metrics;
      for (const id of ['ctr-ips', 'ctr-snips', 'ctr-dr', 'effective-rows'])
        expect(metrics.metrics[`${id}:${name}`]).toEqual(alone[id]);
    }
    const table = metrics.sheets.find((sheet) => sheet.id === 'policies');
    expect(table?.rows.map((row) => row[0])).toEqual(['as it is', 'reversed', 'C']);
    expect(table?.rows[2][1]).toBeNull();
    expect(table?.rows[2][5]).toContain('support fails');
    expect(context.said.warnings.join(' ')).toContain('C is not judged');
    await expect(async () => judge(log, [weak, shuffled], { names: ['x', 'x'] })).rejects.toThrow('called the same');
  });
});

describe('a policy that was shown itself', () => {
  const rates = Float64Array.of(0.02, 0.04, 0.08, 0.3);
  const examined = Float64Array.of(1, 0.5);

  /** Rows of two policies without users: one draws items alike, the other the last one six times in ten. */
  function twoLogs(): Dataset {
    const base = checkerboard(2, 4).dataset;
    const random = new Xoshiro(5, 'two logs');
    const rows = 40_000;
    const log = { item: new Int32Array(rows), position: new Int32Array(rows), click: new Float32Array(rows) };
    const codes = new Int32Array(rows);
    const propensity = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      codes[row] = row % 2;
      const place = random.integer(2);
      const other = random.integer(4);
      const item = codes[row] === 1 && random.next() < 0.6 ? 3 : other;
      log.item[row] = item;
      log.position[row] = place + 1;
      propensity[row] = codes[row] === 0 ? 0.25 : item === 3 ? 0.7 : 0.1;
      log.click[row] = random.next() < rates[item] * examined[place] ? 1 : 0;
    }
    return {
      ...base,
      users: { ids: ['only one'], table: { rows: 1, columns: {} } },
      impressions: {
        user: new Int32Array(rows),
        time: Float64Array.from({ length: rows }, (_, row) => row),
        request: new Int32Array(rows).fill(-1),
        ...log,
        propensity,
        table: { rows, columns: { policy: { kind: 'category', codes, names: ['random', 'keen'] } } },
      },
    };
  }

  const about = { logged: 'random', judged: ['keen'] };

  it('is estimated from the other policy’s rows at what it earned in its own', async () => {
    const log = twoLogs();
    const { metrics } = await judge(log, [], about);
    const truth = 0.75 * (0.1 * (0.02 + 0.04 + 0.08) + 0.7 * 0.3);
    const own = metrics.metrics['ctr-on-policy'];
    expect(own.n).toBe(20_000);
    for (const id of ['ctr-on-policy', 'ctr-ips', 'ctr-snips', 'ctr-dr', 'ctr-switch-dr']) {
      expect(metrics.metrics[id].low, id).toBeLessThan(truth);
      expect(metrics.metrics[id].high, id).toBeGreaterThan(truth);
    }
    // The direct method shrinks items towards the average, hence is a little off.
    expect(Math.abs((metrics.metrics['ctr-dm'].value ?? NaN) / truth - 1)).toBeLessThan(0.06);
    expect(metrics.metrics['logged-ctr'].value).toBeLessThan(0.6 * truth);
    expect(metrics.sheets[0].rows[0]).toEqual(['Origin', 'Estimated: computed from a log of another policy']);
    const table = metrics.sheets.find((sheet) => sheet.id === 'off-policy');
    expect(table?.rows.at(-1)?.slice(0, 2)).toEqual(['Shown itself (not an estimate)', own.value]);
    // Rows without users stand by themselves.
    expect(metrics.metrics['ctr-dr'].n).toBe(20_000);
  });

  it('is refused where nothing says what is judged from what', async () => {
    const log = twoLogs();
    await expect(async () => judge(log, [])).rejects.toThrow('there is no policy to judge');
    await expect(async () => judge(log, [], { judged: ['keen'] })).rejects.toThrow('are to be judged from');
    await expect(async () => judge(log, [], { ...about, logged: 'other' })).rejects.toThrow(
      'no impression was made by the policy other',
    );
    await expect(async () => judge(log, [], { ...about, policyColumn: 'arm' })).rejects.toThrow('no column arm');
  });
});
