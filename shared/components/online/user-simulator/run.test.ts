import { describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultsOf, listsOf, twoPolicies } from '../../../../test/support/online-world.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
import type { Dataset, Impressions, VectorColumn } from '#shared/contract/values.ts';
import { examinationCurve, fitPositionModel } from '#shared/kernels/experiments/click-models.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

type Changes = Parameters<typeof defaultsOf<typeof spec.params>>[1];

async function simulate(changes: Changes = {}, seed = 1, lists = twoPolicies()) {
  const context = testContext({ seed });
  const params = defaultsOf(spec.params, { days: 7, warmUp: 2, requestsPerDay: 1_000, population: 400, ...changes });
  const made = await component.apply(
    null,
    { lists: [lists.weak, lists.strong], model: undefined, renewed: [], past: undefined },
    params,
    context,
  );
  return { ...made, context, params };
}

function impressionsOf(log: Dataset): Impressions {
  if (log.impressions === null) throw new Error('no impressions');
  return log.impressions;
}

function variantOf(log: Dataset): Int32Array {
  const column = impressionsOf(log).table.columns['variant'];
  if (column.kind !== 'category') throw new Error('no variants');
  return column.codes;
}

describe('the log', () => {
  it('is the same for the same seed and differs for another', async () => {
    const [a, b, c] = [await simulate(), await simulate(), await simulate({}, 2)];
    expect(a.log.fingerprint).toBe(b.log.fingerprint);
    expect(a.log.impressions?.click).toEqual(b.log.impressions?.click);
    expect(a.log.fingerprint).not.toBe(c.log.fingerprint);
    expect(a.metrics.origin).toBe('simulated');
  });

  it('keeps users in their variant, counts places from 1 and clicks among its events', async () => {
    const { log } = await simulate();
    const { user, position, click, request } = impressionsOf(log);
    const variants = variantOf(log);
    const seen = new Map<number, number>();
    let clicks = 0;
    for (let row = 0; row < user.length; row++) {
      clicks += click[row];
      expect(position[row]).toBe(row > 0 && request[row] === request[row - 1] ? position[row - 1] + 1 : 1);
      if (variants[row] < 0) continue;
      const known = seen.get(user[row]);
      if (known !== undefined && known !== variants[row]) throw new Error(`user ${user[row]} changed variant`);
      seen.set(user[row], variants[row]);
    }
    expect(new Set(seen.values())).toEqual(new Set([0, 1]));
    expect(log.events.user.length).toBe(checkerboard(40, 40).dataset.events.user.length + clicks);
    expect(log.users.ids.length).toBe(400);
    expect(new Set(log.users.ids).size).toBe(400);
  });

  it('is drawn by position: of what a variant showed there, the share that was clicked', async () => {
    const { log, metrics, params } = await simulate();
    const { position, click } = impressionsOf(log);
    const variants = variantOf(log);
    const drawn = metrics.plots.find(({ id }) => id === 'clicks-by-position')?.series ?? [];
    expect(drawn.map(({ name }) => name)).toEqual(params.names.length > 0 ? params.names : ['A', 'B']);
    for (const [variant, { y }] of drawn.entries()) {
      for (let place = 1; place <= params.places; place++) {
        const clicks = [...click].filter((_, row) => variants[row] === variant && position[row] === place);
        const mean = clicks.reduce((sum, one) => sum + one, 0) / Math.max(1, clicks.length);
        expect(y[place - 1]).toBeCloseTo(mean, 12);
      }
    }
  });

  it('states probabilities that come true', async () => {
    // The inverse of a propensity, summed over the rows that show the list's own item at its place, counts all rows.
    const { log } = await simulate({ explore: 0.5, places: 5, requestsPerDay: 5_000 });
    const { weak } = twoPolicies();
    const impressions = impressionsOf(log);
    const variants = variantOf(log);
    const persona = log.users.table.columns['persona'];
    if (persona?.kind !== 'number') throw new Error('no persona');
    const requestOf = new Map<number, number>();
    weak.requests.user.forEach((user, r) => weak.requests.part[r] === 2 && requestOf.set(user, r));
    let rows = 0;
    let weighted = 0;
    for (let row = 0; row < impressions.user.length; row++) {
      if (variants[row] === 1) continue;
      rows++;
      const from = weak.offsets[requestOf.get(persona.values[impressions.user[row]]) ?? -1];
      if (weak.items[from + impressions.position[row] - 1] === impressions.item[row])
        weighted += 1 / impressions.propensity[row];
    }
    expect(weighted / rows).toBeGreaterThan(0.98);
    expect(weighted / rows).toBeLessThan(1.02);
  });

  it('follows the ramp and the shares', async () => {
    const { log } = await simulate({
      ramp: [0, 0.25, 1],
      shares: [3, 1],
      population: 4_000,
      requestsPerDay: 8_000,
      newUsers: 0,
    });
    const variants = variantOf(log);
    const { time } = impressionsOf(log);
    const start = Math.floor(time[0] / 86_400);
    const share = (day: number): number => {
      let all = 0;
      let inside = 0;
      for (let row = 0; row < time.length; row++) {
        if (Math.floor(time[row] / 86_400) - start !== day + 2) continue;
        all++;
        if (variants[row] >= 0) inside++;
      }
      return inside / all;
    };
    expect(share(0)).toBe(0);
    expect(Math.abs(share(1) - 0.25)).toBeLessThan(0.03);
    expect(share(3)).toBe(1);
    const counts = [0, 0];
    for (const variant of variants) if (variant >= 0) counts[variant]++;
    expect(Math.abs(counts[1] / (counts[0] + counts[1]) - 0.25)).toBeLessThan(0.03);
  });

  it('lets its position curve be recovered within 5 %', async () => {
    const { log, params } = await simulate({
      explore: 1,
      fatigue: 0,
      drift: 0,
      appeal: 0.3,
      requestsPerDay: 30_000,
      population: 3_000,
      noise: 0,
      taste: 0,
      popularity: 0,
      wanted: 0,
      hide: 0,
    });
    const { item, position, click } = impressionsOf(log);
    const fitted = fitPositionModel({ item, position: position.map((one) => one - 1), click }, params.places, 40);
    const truth = examinationCurve(params.places, params.decay);
    for (let k = 0; k < params.places; k++) expect(Math.abs(fitted.examination[k] / truth[k] - 1)).toBeLessThan(0.05);
  });
});

describe('the simulated world', () => {
  it('clicks as often as was expected of it', async () => {
    const { metrics } = await simulate({
      explore: 0.3,
      fatigue: 0,
      drift: 0,
      newUsers: 0,
      requestsPerDay: 20_000,
      population: 4_000,
    });
    for (const slice of Object.values(metrics.slices)) {
      expect(slice['ctr'].low ?? 1).toBeLessThan((slice['expected-ctr'].value ?? 0) * 1.02);
      expect(slice['ctr'].high ?? 0).toBeGreaterThan((slice['expected-ctr'].value ?? 1) * 0.98);
    }
    expect(metrics.metrics['expected-ctr-lift'].value).toBeGreaterThan(0.02);
  });

  it('shows everybody the control in an A/A test', async () => {
    const { metrics } = await simulate({ sameForAll: true, lift: [0, 0.5] });
    expect(metrics.metrics['expected-ctr-lift'].value).toBe(0);
  });

  it('plants exactly the lift that is asked for', async () => {
    const lists = twoPolicies();
    const { metrics } = await simulate({ lift: [0, 0.1] }, 1, { ...lists, strong: lists.weak });
    expect(metrics.metrics['expected-ctr-lift'].value).toBeCloseTo(0.1, 12);
  });

  it('loses clicks to fatigue and late conversions to the end of the log', async () => {
    const rate = async (changes: Changes): Promise<number> =>
      (await simulate(changes)).metrics.metrics['ctr'].value ?? NaN;
    expect(await rate({ fatigue: 0.3, requestsPerDay: 4_000 })).toBeLessThan(
      0.8 * (await rate({ fatigue: 0, requestsPerDay: 4_000 })),
    );
    const late = await simulate({ delay: 30, conversion: 1 });
    expect(late.context.said.measures['conversions after the last day']).toBeGreaterThan(100);
  });

  it('users of a new variant are not tired of what only it shows', async () => {
    const lists = twoPolicies();
    const other = { ...lists, strong: listsOf(lists.split, 20, 9, 77) };
    const { log } = await simulate(
      {
        fatigue: 0.3,
        warmUp: 14,
        days: 1,
        explore: 0,
        wanted: 0,
        taste: 0,
        noise: 0,
        popularity: 0,
        drift: 0,
        newUsers: 0,
        requestsPerDay: 8_000,
      },
      1,
      other,
    );
    const variants = variantOf(log);
    const { click } = impressionsOf(log);
    const sums = [0, 0];
    const counts = [0, 0];
    variants.forEach((variant, row) => {
      if (variant < 0) return;
      sums[variant] += click[row];
      counts[variant]++;
    });
    expect(sums[1] / counts[1]).toBeGreaterThan(1.5 * (sums[0] / counts[0]));
  });

  it('goes by the tastes that the world was made with, where it is asked to', async () => {
    const { split, weak } = twoPolicies();
    // Users and items like each other where their vectors agree: even users like even items.
    const sign = (n: number): number => (n % 2 === 0 ? 1 : -1);
    const column = (count: number): VectorColumn => ({
      kind: 'vector',
      width: 1,
      values: Float32Array.from({ length: count }, (_, n) => sign(n)),
    });
    const truth = { users: column(split.dataset.users.ids.length), items: column(split.dataset.items.ids.length) };
    const planted = { ...split, dataset: { ...split.dataset, truth } };
    const list = { ...weak, split: planted };
    const only = { wanted: 0, popularity: 0, noise: 0, fatigue: 0, drift: 0, taste: 1.5, explore: 1, hide: 0 };
    const { log, context } = await simulate({ ...only, preference: 'planted', requestsPerDay: 4_000 }, 1, {
      split: planted,
      weak: list,
      strong: list,
    });
    const { user, item, click } = impressionsOf(log);
    const persona = log.users.table.columns['persona'];
    if (persona?.kind !== 'number') throw new Error('no persona');
    const clicks = { liked: 0, other: 0 };
    const shown = { liked: 0, other: 0 };
    click.forEach((clicked, row) => {
      const kind = sign(persona.values[user[row]]) === sign(item[row]) ? 'liked' : 'other';
      shown[kind]++;
      clicks[kind] += clicked;
    });
    // Liking is ±1 with a standard deviation near 1, so attraction differs by e^(2 · 1.5), about 20.
    expect(clicks.liked / shown.liked / (clicks.other / shown.other)).toBeGreaterThan(8);
    expect(context.said.warnings).toEqual([]);
    expect(log.truth?.users.values).toEqual(Float32Array.from(persona.values, (one) => sign(one)));
    await expect(simulate({ preference: 'planted' })).rejects.toThrow('nobody planted tastes in small world');
  });

  it('runs the cascade too, where nothing is looked at below where it stopped', async () => {
    const { log } = await simulate({ clickModel: 'cascade', afterClick: 0 });
    const { request, click } = impressionsOf(log);
    const clicks = new Map<number, number>();
    request.forEach((one, row) => clicks.set(one, (clicks.get(one) ?? 0) + click[row]));
    expect(Math.max(...clicks.values())).toBe(1);
  });
});

it('sets offline beside online over many variants', async () => {
  const { split, weak, strong } = twoPolicies();
  const between = listsOf(split, 20, 4);
  const params = defaultsOf(spec.params, { days: 2, warmUp: 0, requestsPerDay: 100, population: 40 });
  const { metrics } = await component.apply(
    null,
    { lists: [weak, between, strong], model: undefined, renewed: [], past: undefined },
    params,
    testContext(),
  );
  expect(metrics.metrics['offline-online-correlation'].value).toBeGreaterThan(0.9);
  const sheet = metrics.sheets.find((one) => one.id === 'offline-online');
  expect(sheet?.rows.map((row) => row.at(-1))).toEqual(['control', 'agree', 'agree']);
});

describe('refusals', () => {
  it('names what is wrong', async () => {
    const lists = twoPolicies();
    const other = listsOf(checkerboard(20, 40), 20, 0);
    await expect(simulate({}, 1, { ...lists, strong: other })).rejects.toThrow(
      'list 2 answers other requests than list 1',
    );
    await expect(simulate({ shares: [1] })).rejects.toThrow('1 traffic shares for 2 variants');
    await expect(simulate({ names: ['x', 'x'] })).rejects.toThrow('called the same');
    await expect(simulate({ pool: 5 })).rejects.toThrow('smaller than the 10 places');
    await expect(simulate({ requestsPerDay: 9_000_000, days: 1, warmUp: 0 })).rejects.toThrow('fit in memory');
  });
  it('stops when it is cancelled', async () => {
    const { weak, strong } = twoPolicies();
    const run = component.apply(
      null,
      { lists: [weak, strong], model: undefined, renewed: [], past: undefined },
      defaultsOf(spec.params),
      testContext({ cancelAfter: 2 }),
    );
    await expect(run).rejects.toThrow('cancelled');
  });
});
