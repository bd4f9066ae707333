import { describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultsOf, twoPolicies } from '../../../../test/support/online-world.ts';
import type { Dataset, Split } from '#shared/contract/values.ts';
import { hiddenItems, heldOut } from '#shared/values/history.ts';
import { component as simulator } from '../user-simulator/run.ts';
import { spec as simulatorSpec } from '../user-simulator/spec.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

const { split, weak, strong } = twoPolicies();

async function logOf(): Promise<Dataset> {
  const params = defaultsOf(simulatorSpec.params, { days: 4, warmUp: 1, requestsPerDay: 200, population: 60 });
  const inputs = { lists: [weak, strong], model: undefined, renewed: [], past: undefined };
  return (await simulator.apply(null, inputs, params, testContext())).log;
}

async function learn(log: Dataset, changes = {}, from: Split = split): Promise<Split> {
  return (await component.apply(null, { split: from, log }, defaultsOf(spec.params, changes), testContext())).split;
}

describe('learning from a log', () => {
  it('trains on every click, and asks and holds out what it did before', async () => {
    const log = await logOf();
    const next = await learn(log);
    const clicks = log.impressions?.click.reduce((sum, one) => sum + one, 0) ?? 0;
    expect(clicks).toBeGreaterThan(50);
    expect(next.train.length).toBe(split.train.length + clicks);
    expect(next.test).toEqual(split.test);
    expect(next.requests).toEqual(split.requests);
    const r = weak.requests.part.indexOf(2);
    expect(heldOut(next, next.requests, r).items).toEqual(heldOut(split, split.requests, r).items);
    // What a user clicked counts as known from now on.
    const clicked = log.events.item.subarray(split.dataset.events.item.length);
    const who = log.events.user.subarray(split.dataset.events.item.length);
    const at = who.indexOf(split.requests.user[r]);
    if (at >= 0) expect([...hiddenItems(next, next.requests, r)]).toContain(clicked[at]);
  });

  it('values clicks like the average of what was learned from, or as told', async () => {
    const log = await logOf();
    const rated: Split = {
      ...split,
      dataset: {
        ...split.dataset,
        events: { ...split.dataset.events, value: new Float32Array(split.dataset.events.value.length).fill(4) },
      },
    };
    expect((await learn(log, {}, rated)).dataset.events.value.at(-1)).toBe(4);
    expect((await learn(log, { clickValue: 2 }, rated)).dataset.events.value.at(-1)).toBe(2);
  });

  it('forgets older clicks where asked', async () => {
    const log = await logOf();
    const [all, recent] = [await learn(log), await learn(log, { lastDays: 1 })];
    expect(recent.train.length).toBeGreaterThan(split.train.length);
    expect(recent.train.length).toBeLessThan(all.train.length);
  });

  it('refuses a log of something else', async () => {
    await expect(learn(split.dataset)).rejects.toThrow('no log of lists that were made from this split');
    const log = await logOf();
    const events = { ...log.events, item: log.events.item.map((item) => (item + 1) % 40) };
    await expect(learn({ ...log, events })).rejects.toThrow('no log of lists');
  });
});
