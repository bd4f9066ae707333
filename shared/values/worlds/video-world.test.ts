import { expect, it } from 'vitest';
import { Xoshiro } from '#shared/kernels/random.ts';
import { AliasTable } from './alias-table.ts';
import { PairSet } from './pair-set.ts';
import { affinity, tasteWidth } from './taste-space.ts';
import { planted, VideoWorld, worldStart } from './video-world.ts';

const options = { users: 300, items: 800, events: 24_000, days: 20, seed: 1 };

/** All days of a world, as one log. */
function lived(change: Partial<typeof options> = {}): {
  world: VideoWorld;
  events: Record<string, number[]>;
  impressions: Record<string, number[]>;
} {
  const world = new VideoWorld({ ...options, ...change });
  const events: Record<string, number[]> = {};
  const impressions: Record<string, number[]> = {};
  for (let day = 0; day < world.options.days; day++) {
    world.live(day);
    for (const [log, into] of [
      [world.events, events],
      [world.impressions, impressions],
    ] as const) {
      for (const [name, column] of Object.entries(log.columns))
        (into[name] ??= []).push(...column.subarray(0, log.length));
    }
  }
  return { world, events, impressions };
}

const { world, events, impressions } = lived();

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

it('draws from an alias table in proportion to the weights', () => {
  const table = new AliasTable(5);
  table.build(Float64Array.of(1, 0, 3, 6));
  const random = new Xoshiro(1);
  const counts = [0, 0, 0, 0];
  for (let n = 0; n < 100_000; n++) counts[table.draw(random)]++;
  [0.1, 0, 0.3, 0.6].forEach((share, i) => expect(counts[i] / 100_000).toBeCloseTo(share, 2));
  expect(counts[1]).toBe(0);
});

it('remembers pairs as a plain set does', () => {
  const pairs = new PairSet(70, 10);
  const plain = new Set<string>();
  const random = new Xoshiro(2);
  for (let n = 0; n < 5000; n++) {
    const [user, item] = [random.integer(90), random.integer(70)];
    expect(pairs.add(user, item)).toBe(!plain.has(`${user} ${item}`));
    plain.add(`${user} ${item}`);
  }
});

it('makes exactly the events asked for, within its days', () => {
  expect(events['user']).toHaveLength(24_000);
  expect(Math.min(...events['time'])).toBeGreaterThanOrEqual(worldStart);
  expect(mean(events['value'])).toBeGreaterThan(0.3);
});

it('shows nothing before it is born, and nobody before they join', () => {
  for (let r = 0; r < events['item'].length; r += 7) {
    const day = Math.ceil((events['time'][r] - worldStart) / 86_400) + 2; // watching may go on past midnight
    expect(world.items.born[events['item'][r]]).toBeLessThan(day);
    expect(world.users.joined[events['user'][r]]).toBeLessThan(day);
  }
});

it('has a long tail of items', () => {
  const counts = new Float64Array(options.items);
  for (const item of events['item']) counts[item]++;
  const sorted = counts.filter((count) => count > 0).sort();
  const n = sorted.length;
  const gini = sorted.reduce((sum, count, i) => sum + (2 * (i + 1) - n - 1) * count, 0) / (n * 24_000);
  expect(gini).toBeGreaterThan(0.5);
  expect(gini).toBeLessThan(0.8);
});

it('lets users choose what lies in the direction of their taste', () => {
  const random = new Xoshiro(5);
  const chosen = events['item'].map((item, r) =>
    affinity(world.users.tasteBefore, events['user'][r], world.items.vectors, item),
  );
  const random_ = events['user'].map((user) =>
    affinity(world.users.tasteBefore, user, world.items.vectors, random.integer(options.items)),
  );
  expect(mean(chosen)).toBeGreaterThan(mean(random_) + 0.3);
  const { space, items } = world;
  const own = Array.from({ length: 400 }, (_, i) => affinity(items.vectors, i, space.directions, items.cluster[i]));
  expect(mean(own)).toBeGreaterThan(0.8);
  expect(space.directions).toHaveLength(space.clusters * tasteWidth);
});

it('logs propensities that are probabilities: their inverse counts the catalogue', () => {
  // Given what stands above it, the sum over shown items of 1 / propensity estimates the number of items that could stand there.
  const first = impressions['position'].flatMap((position, r) =>
    position === 1 ? [1 / impressions['propensity'][r]] : [],
  );
  const alive = mean(
    Array.from({ length: options.days }, (_, day) => world.items.born.filter((born) => born <= day).length),
  );
  expect(Math.abs(mean(first) / alive - 1)).toBeLessThan(0.1);
  for (const propensity of impressions['propensity']) expect(propensity > 0 && propensity <= 1).toBe(true);
});

it('shows each item once per request, and has positions clicked as they are looked at', () => {
  const keys = impressions['request'].map((request, r) => `${request} ${impressions['item'][r]}`);
  expect(new Set(keys).size).toBe(keys.length);
  const rate = (position: number): number =>
    mean(impressions['click'].filter((_, r) => impressions['position'][r] === position));
  expect(rate(8) / rate(1)).toBeGreaterThan(0.6 * 8 ** -planted.examinationDecay);
  expect(rate(8) / rate(1)).toBeLessThan(1.5 * 8 ** -planted.examinationDecay);
});

it('is the same for the same seed', () => {
  expect(lived().events).toEqual(events);
  expect(lived({ seed: 2 }).events['item']).not.toEqual(events['item']);
});
