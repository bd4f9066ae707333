// Days that come one after the other: periods, items that come later, and what is learned in between.
import { describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultsOf, listsOf, twoPolicies } from '../../../../test/support/online-world.ts';
import type { Candidates, Dataset, Impressions, NumberColumn, Split } from '#shared/contract/values.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

type Changes = Parameters<typeof defaultsOf<typeof spec.params>>[1];

const { split, weak, strong } = twoPolicies();

async function simulate(
  changes: Changes = {},
  inputs: { lists?: readonly Candidates[]; renewed?: readonly Candidates[]; past?: Dataset } = {},
) {
  const context = testContext();
  const params = defaultsOf(spec.params, { days: 7, warmUp: 2, requestsPerDay: 600, population: 200, ...changes });
  const given = { lists: [weak, strong], model: undefined, renewed: [], past: undefined, ...inputs };
  return { ...(await component.apply(null, given, params, context)), context };
}

function impressionsOf(log: Dataset): Impressions {
  if (log.impressions === null) throw new Error('no impressions');
  return log.impressions;
}

describe('periods', () => {
  it('come out as in one go where the lists stay, fatigue, drift and late conversions included', async () => {
    const changes = { fatigue: 0.2, drift: 0.1, novelty: 0.5, ramp: [0.5, 1], latency: [20, 30] };
    const whole = await simulate(changes);
    const first = await simulate({ ...changes, toDay: 3 });
    const second = await simulate({ ...changes, fromDay: 3, toDay: 5 }, { past: first.log });
    const third = await simulate({ ...changes, fromDay: 5 }, { past: second.log, renewed: [weak, strong] });
    expect(third.log).toEqual(whole.log);
    expect(third.metrics.metrics).toEqual(whole.metrics.metrics);
    expect(impressionsOf(first.log).user.length).toBeLessThan(impressionsOf(whole.log).user.length / 1.5);
  });

  it('show renewed lists to the same people, and nothing of the old ones', async () => {
    const renewed = [listsOf(split, 20, 3, 5), listsOf(split, 20, 0, 6)];
    const first = await simulate({ toDay: 3, explore: 0 });
    const { log } = await simulate({ fromDay: 3, explore: 0 }, { past: first.log, renewed });
    const { user, item, position } = impressionsOf(log);
    const known = impressionsOf(first.log).user.length;
    const variant = impressionsOf(log).table.columns['variant'];
    const persona = log.users.table.columns['persona'];
    if (variant.kind !== 'category' || persona.kind !== 'number') throw new Error('no variant or persona');
    expect(user.slice(0, known)).toEqual(impressionsOf(first.log).user);
    for (let row = known; row < user.length; row++) {
      const list = renewed[variant.codes[row]];
      const r = list.requests.user.findIndex(
        (one, at) => one === persona.values[user[row]] && list.requests.part[at] === 2,
      );
      expect(item[row]).toBe(list.items[list.offsets[r] + position[row] - 1]);
    }
  });

  it('are refused where they do not fit together', async () => {
    const first = await simulate({ toDay: 3 });
    await expect(simulate({ fromDay: 3, population: 300 }, { past: first.log })).rejects.toThrow('same users');
    await expect(simulate({ fromDay: 3, names: ['x', 'y'] }, { past: first.log })).rejects.toThrow('same users');
    await expect(simulate({ fromDay: 3 }, { past: split.dataset })).rejects.toThrow('same users');
    await expect(simulate({ fromDay: 3 }, { past: first.log, renewed: [weak] })).rejects.toThrow(
      '1 renewed lists for 2 variants',
    );
    await expect(simulate({ fromDay: 5, toDay: 4 })).rejects.toThrow('no days lie from day 5 to day 4');
  });
});

describe('new items', () => {
  /** Items 0 to 9 were never learned from. */
  const unlearned: Split = { ...split, train: split.train.filter((row) => split.dataset.events.item[row] >= 10) };
  const lists = [listsOf(unlearned, 30, 9), listsOf(unlearned, 30, 0)];

  it('are never shown before their day and are shown from then on', async () => {
    const { log, metrics, context } = await simulate({ newItems: 0.25, pool: 30, requestsPerDay: 2_000 }, { lists });
    const { item, time } = impressionsOf(log);
    const start = Math.floor(time.reduce((first, one) => Math.min(first, one), Infinity) / 86_400) * 86_400;
    const released = (log.items.table.columns['released'] as NumberColumn).values;
    const days = Array.from(released, (one) => (Number.isNaN(one) ? 0 : (one - start) / 86_400 - 2));
    // Ten of forty items, one after the other from the second day to the last.
    expect(days.filter((day) => day > 0).sort((a, b) => a - b)).toEqual([1, 1, 2, 2, 3, 4, 4, 5, 5, 6]);
    expect(days.every((day, one) => day === 0 || one < 10)).toBe(true);
    const onDay5 = days.indexOf(5);
    const shownOn = (one: number): number[] => {
      const shown = new Set<number>();
      item.forEach((other, row) => other === one && shown.add(Math.floor((time[row] - start) / 86_400) - 2));
      return [...shown].sort((a, b) => a - b);
    };
    expect(shownOn(onDay5)).toEqual([5, 6]);
    for (let one = 0; one < 10; one++) expect(shownOn(one)[0]).toBe(days[one]);
    expect(shownOn(20)[0]).toBe(-2);
    const share = metrics.plots.find((plot) => plot.id === 'new-items-by-day')?.series[0].y ?? [];
    expect(share[0]).toBe(0);
    expect(share[6]).toBeGreaterThan(share[2]);
    expect(metrics.slices['variant: A']['new-item-share'].value).toBeGreaterThan(0);
    expect(context.said.warnings).toEqual([]);
  });

  it('leave no gap in the list, and no probability that is not known', async () => {
    const { log } = await simulate({ newItems: 0.25, pool: 30, explore: 0.5 }, { lists });
    const { request, position, propensity } = impressionsOf(log);
    request.forEach((one, row) =>
      expect(position[row]).toBe(row > 0 && request[row - 1] === one ? position[row - 1] + 1 : 1),
    );
    expect(propensity.every((one) => one > 0 && one <= 1)).toBe(true);
    // Lists that draw by themselves state probabilities that no longer hold once an item is left out.
    const stated = lists.map((list) => ({ ...list, propensity: new Float32Array(list.items.length).fill(0.5) }));
    const own = await simulate({ newItems: 0.25, pool: 30 }, { lists: stated });
    expect(impressionsOf(own.log).propensity.some(Number.isNaN)).toBe(true);
  });

  it('are only those that nothing was learned from', async () => {
    const { context } = await simulate({ newItems: 0.5, pool: 30 }, { lists });
    expect(context.said.warnings[0]).toMatch(/^10 new items instead of 20/);
  });
});
