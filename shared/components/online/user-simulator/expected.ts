import type { Candidates } from '#shared/contract/values.ts';
import { heldOut } from '#shared/values/history.ts';
import type { Behaviour } from './exposures.ts';
import type { Attraction, Tastes } from './tastes.ts';

/** What is true of a variant in the simulated world, without chance: fresh users, no shuffling, no drift. */
export interface Truth {
  /** Expected clicks per item shown. */
  readonly clickRate: number;
  /** NDCG at the shown places against held-out items: what an offline evaluation says of the same list. */
  readonly ndcg: number;
}

/** The truth of variant v, every taste counting alike. */
export function truthOf(
  v: number,
  list: Candidates,
  tastes: Tastes,
  attraction: Attraction,
  behaviour: Behaviour,
): Truth {
  let clicks = 0;
  let shown = 0;
  let ndcg = 0;
  let judged = 0;
  for (let t = 0; t < tastes.users.length; t++) {
    const from = t * attraction.pool;
    const count = Math.min(behaviour.places, attraction.lengths[v][t]);
    const relevant = new Set(heldOut(list.split, list.requests, tastes.requests[t]).items);
    let looks = 1;
    let gain = 0;
    for (let k = 0; k < count; k++) {
      const appeal = Math.min(1, attraction.values[v][from + k] * (1 + (behaviour.lift[v] ?? 0)));
      if (behaviour.clickModel === 'position') clicks += behaviour.examination[k] * appeal;
      else {
        clicks += looks * appeal;
        looks *= appeal * behaviour.afterClick + (1 - appeal) * behaviour.afterLook;
      }
      if (relevant.has(attraction.items[v][from + k])) gain += 1 / Math.log2(k + 2);
    }
    shown += count;
    if (relevant.size === 0) continue;
    let ideal = 0;
    for (let k = 0; k < Math.min(count, relevant.size); k++) ideal += 1 / Math.log2(k + 2);
    ndcg += ideal > 0 ? gain / ideal : 0;
    judged++;
  }
  return { clickRate: shown > 0 ? clicks / shown : 0, ndcg: judged > 0 ? ndcg / judged : NaN };
}
