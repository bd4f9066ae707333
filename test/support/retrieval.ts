import type { RunnableComponent } from '../../shared/contract/component.ts';
import type { StoredParams } from '../../shared/contract/params.ts';
import type { Candidates, Model, Split } from '../../shared/contract/values.ts';
import { heldOut } from '../../shared/values/history.ts';
import { testContext, type TestContextOptions } from './context.ts';
import { defaultParams } from './default-params.ts';
import { datasetOf, splitOf } from './small-worlds.ts';

/** Fits and applies a retriever with its defaults and some changes. */
export async function retrieve(
  component: unknown,
  inputs: Readonly<Record<string, unknown>>,
  changes: StoredParams = {},
  options: TestContextOptions = {},
): Promise<{ candidates: Candidates; model?: Model; said: ReturnType<typeof testContext>['said'] }> {
  const { spec, fit, open, apply, close } = component as RunnableComponent;
  const params = { ...defaultParams(spec.params), ...changes };
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

/** Four items and three users: item 3 is met in the test part only, user 2 in no training event. */
export function worldOfUnknowns(): Split {
  const rows = [
    [0, 0, 1, 1],
    [0, 1, 1, 1],
    [1, 0, 1, 1],
    [1, 2, 2, 1],
    [2, 3, 2, 1],
  ] as const;
  return splitOf(datasetOf(rows, { users: 3, items: 4 }), { train: [0, 1, 2], test: [3, 4] });
}
