// npm run bench -- splits [count]: how far apart the figures of popularity lie between random splits of MovieLens 100K (8:1:1), written
// out once more without kernel or component: whether a figure is off, or only drawn.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shuffle, Xoshiro } from '../../shared/kernels/random.ts';
import { realData } from '../support/real-data.ts';

/** Items of each user, numbered from 0. */
function itemsOfUsers(folder: string): { items: number; users: number[][] } {
  const places = new Map<string, number>();
  const users = new Map<string, number[]>();
  for (const line of readFileSync(join(folder, 'ml-100k.inter'), 'utf8').trim().split('\n').slice(1)) {
    const [user, item] = line.split('\t');
    if (!places.has(item)) places.set(item, places.size);
    const own = users.get(user) ?? [];
    own.push(places.get(item) ?? 0);
    users.set(user, own);
  }
  return { items: places.size, users: [...users.values()] };
}

/** Ranks from 0 of each user's test items among the items that the user has not had, the most popular first. */
function ranksOf({ items, users }: ReturnType<typeof itemsOfUsers>, seed: number): number[][] {
  const random = new Xoshiro(seed, 'split');
  const counts = new Float64Array(items);
  const parts = users.map((own) => {
    const order = [...shuffle(Int32Array.from(own), random)];
    // As RecBole does it: a tenth, rounded down, but at least one.
    const held = Math.max(1, Math.floor(own.length / 10));
    const train = order.slice(2 * held);
    for (const item of train) counts[item]++;
    return { wanted: new Set(order.slice(0, held)), hidden: new Set([...order.slice(held, 2 * held), ...train]) };
  });
  const order = Array.from(counts, (_, item) => item).sort((a, b) => counts[b] - counts[a]);
  return parts.map(({ wanted, hidden }) =>
    order.filter((item) => !hidden.has(item)).flatMap((item, rank) => (wanted.has(item) ? [rank] : [])),
  );
}

const gain = (rank: number): number => 1 / Math.log2(rank + 2);
const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

const measures: Readonly<Record<string, (ranks: readonly number[]) => number>> = {
  'MRR@10': ([first]) => (first < 10 ? 1 / (first + 1) : 0),
  'MRR without a cut': ([first]) => 1 / (first + 1),
  'NDCG@10': (ranks) =>
    sum(ranks.filter((rank) => rank < 10).map(gain)) / sum(ranks.slice(0, 10).map((_, place) => gain(place))),
};

const folder = realData('ml-100k');
if (folder === undefined) {
  console.log('not run: ml-100k is absent');
} else {
  const count = Number(process.argv[3] ?? 100);
  const data = itemsOfUsers(folder);
  const splits = Array.from({ length: count }, (_, at) => ranksOf(data, at + 1));
  console.log(`| popularity, ${count} random splits | mean | standard deviation between splits |\n|---|---|---|`);
  for (const [name, measure] of Object.entries(measures)) {
    const values = splits.map((users) => mean(users.map(measure)));
    const deviation = Math.sqrt(sum(values.map((one) => (one - mean(values)) ** 2)) / (count - 1));
    console.log(`| ${name} | ${mean(values).toFixed(4)} | ${deviation.toFixed(4)} |`);
  }
}
