import { expect, it } from 'vitest';
import { IalsWorkspace, refreshGram, solveRows, startIals } from '#shared/kernels/ials.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import { buildRows } from '#shared/kernels/sparse.ts';
import { affinity } from './taste-space.ts';
import { VideoWorld } from './video-world.ts';

const options = { users: 500, items: 1200, events: 40_000, days: 20, seed: 1 };
const factors = 24;
const heldOutFrom = 18;

interface Lived {
  readonly world: VideoWorld;
  readonly train: { readonly user: number[]; readonly item: number[] };
  /** Items that each user came to only after training. */
  readonly later: Map<number, Set<number>>;
  readonly known: Map<number, Set<number>>;
}

/** Eighteen days to learn from, two to be asked. */
function live(): Lived {
  const world = new VideoWorld(options);
  const train = { user: [] as number[], item: [] as number[] };
  const later = new Map<number, Set<number>>();
  const known = new Map<number, Set<number>>();
  for (let day = 0; day < options.days; day++) {
    world.live(day);
    const { user, item } = world.events.columns;
    for (let r = 0; r < world.events.length; r++) {
      const to = day < heldOutFrom ? known : later;
      if (day < heldOutFrom) {
        train.user.push(user[r]);
        train.item.push(item[r]);
      } else if (known.get(user[r])?.has(item[r]) === true) continue;
      if (!to.has(user[r])) to.set(user[r], new Set());
      to.get(user[r])?.add(item[r]);
    }
  }
  return { world, train, later, known };
}

/** Mean NDCG at 10 over users with something new after training, known items hidden. */
function ndcg({ later, known }: Lived, score: (user: number, item: number) => number): number {
  let total = 0;
  for (const [user, relevant] of later) {
    const open = Array.from({ length: options.items }, (_, item) => item).filter(
      (item) => known.get(user)?.has(item) !== true,
    );
    const scores = new Map(open.map((item) => [item, score(user, item)]));
    const best = open.sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || a - b).slice(0, 10);
    const gain = best.reduce((sum, item, rank) => sum + (relevant.has(item) ? 1 / Math.log2(rank + 2) : 0), 0);
    const ideal = best.slice(0, relevant.size).reduce((sum, _item, rank) => sum + 1 / Math.log2(rank + 2), 0);
    total += gain / ideal;
  }
  return total / later.size;
}

it('is a world in which iALS recovers the planted taste: later choices at least twice as well as popularity', () => {
  const lived = live();
  const { train, world } = lived;
  const shape = { rows: options.users, cols: options.items };
  const settings = { factors, unobservedWeight: 0.1, regularisation: 0.02, frequencyExponent: 1, steps: 3 };
  const matrix = buildRows(shape, Int32Array.from(train.user), Int32Array.from(train.item));
  const problem = startIals(matrix, settings, new Xoshiro(1));
  const workspace = new IalsWorkspace(factors);
  for (let round = 0; round < 6; round++) {
    for (const [side, rows] of [
      [problem.users, options.users],
      [problem.items, options.items],
    ] as const) {
      refreshGram(side, settings);
      solveRows(side, 0, rows, settings, workspace);
    }
  }
  const learned = (user: number, item: number): number => {
    let sum = 0;
    for (let f = 0; f < factors; f++)
      sum += problem.users.solved[user * factors + f] * problem.items.solved[item * factors + f];
    return sum;
  };
  const counts = new Float64Array(options.items);
  for (const item of train.item) counts[item]++;
  const popularity = ndcg(lived, (_user, item) => counts[item]);
  const recovered = ndcg(lived, learned);
  expect(popularity).toBeGreaterThan(0.01);
  expect(recovered / popularity).toBeGreaterThan(2);

  // What it ranks high lies nearer to the planted taste than what is merely popular.
  const planted = (user: number, item: number): number =>
    affinity(world.users.tasteAfter, user, world.items.vectors, item);
  const tops = (score: (user: number, item: number) => number): number => {
    let sum = 0;
    for (let user = 0; user < 100; user++) {
      const order = Array.from({ length: options.items }, (_, item) => item).sort(
        (a, b) => score(user, b) - score(user, a),
      );
      for (const item of order.slice(0, 10)) sum += planted(user, item) / 1000;
    }
    return sum;
  };
  expect(tops(learned)).toBeGreaterThan(tops((_user, item) => counts[item]) + 0.2);
});
