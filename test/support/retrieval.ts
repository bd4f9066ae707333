import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunnableComponent } from '../../shared/contract/component.ts';
import type { StoredParams } from '../../shared/contract/params.ts';
import type { Candidates, Model, Split } from '../../shared/contract/values.ts';
import { shuffle, Xoshiro } from '../../shared/kernels/random.ts';
import { heldOut } from '../../shared/values/history.ts';
import { testContext, type TestContextOptions } from './context.ts';
import { realData } from './real-data.ts';
import { datasetOf, splitOf } from './small-worlds.ts';

/** Fits and applies a retriever with its defaults and some changes. */
export async function retrieve(
  component: unknown,
  inputs: Readonly<Record<string, unknown>>,
  changes: StoredParams = {},
  options: TestContextOptions = {},
): Promise<{ candidates: Candidates; model?: Model; said: ReturnType<typeof testContext>['said'] }> {
  const { spec, fit, open, apply, close } = component as RunnableComponent;
  const params = {
    ...Object.fromEntries(Object.entries(spec.params).map(([name, param]) => [name, param.default])),
    ...changes,
  };
  const context = testContext(options);
  const state = (await fit?.(inputs, params, context)) ?? null;
  const ready = open === undefined ? state : await open(state, inputs, params, context);
  try {
    const outputs = (await apply(ready, inputs, params, context)) as { candidates: Candidates; model?: Model };
    return { ...outputs, said: context.said };
  } finally {
    close?.(ready);
  }
}

/** The items of request r, best first. */
export function listOf({ items, offsets }: Candidates, r: number): number[] {
  return [...items.subarray(offsets[r], offsets[r + 1])];
}

/** Mean binary NDCG over the requests of the test part, cut at k. */
export function meanNdcg(candidates: Candidates, k = 10): number {
  const { split, requests } = candidates;
  let sum = 0;
  let count = 0;
  for (let r = 0; r < requests.user.length; r++) {
    if (requests.part[r] !== 2) continue;
    const relevant = new Set(heldOut(split, requests, r).items);
    let gain = 0;
    let ideal = 0;
    listOf(candidates, r)
      .slice(0, k)
      .forEach((item, rank) => (gain += relevant.has(item) ? 1 / Math.log2(rank + 2) : 0));
    for (let rank = 0; rank < Math.min(k, relevant.size); rank++) ideal += 1 / Math.log2(rank + 2);
    sum += gain / ideal;
    count++;
  }
  return sum / count;
}

/** MovieLens 100K, divided at random per user: 8:1:1 as RecBole does, or 75/25 as recommenders-team does. */
export function movieLens(protocol: '8:1:1' | '75/25', seed: number): Split {
  const folder = realData('ml-100k');
  if (folder === undefined) throw new Error('MovieLens 100K is absent');
  const users = new Map<string, number>();
  const items = new Map<string, number>();
  const number = (known: Map<string, number>, id: string): number => {
    if (!known.has(id)) known.set(id, known.size);
    return known.get(id) ?? 0;
  };
  const rows = readFileSync(join(folder, 'ml-100k.inter'), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
    .map(
      ([user, item, value, time]) => [number(users, user), number(items, item), Number(time), Number(value)] as const,
    );
  const dataset = datasetOf(rows, { users: users.size, items: items.size });
  const rowsOf = Array.from({ length: users.size }, (): number[] => []);
  rows.forEach(([user], row) => rowsOf[user].push(row));
  const parts: { train: number[]; validation: number[]; test: number[] } = { train: [], validation: [], test: [] };
  const random = new Xoshiro(seed, 'split');
  for (const own of rowsOf) {
    const order = shuffle(Int32Array.from(own), random);
    const test = protocol === '8:1:1' ? Math.floor(order.length / 10) : order.length - Math.round(0.75 * order.length);
    const validation = protocol === '8:1:1' ? test : 0;
    parts.test.push(...order.subarray(0, test));
    parts.validation.push(...order.subarray(test, test + validation));
    parts.train.push(...order.subarray(test + validation));
  }
  for (const part of Object.values(parts)) part.sort((a, b) => a - b);
  return splitOf(dataset, parts);
}
