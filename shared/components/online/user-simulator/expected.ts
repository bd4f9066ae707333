import type { Candidates } from '#shared/contract/values.ts';
import { heldOut } from '#shared/values/history.ts';
import type { Behaviour } from './exposures.ts';
import type { Attraction, Tastes } from './tastes.ts';

/**
 * What is true of a variant in the simulated world, without chance: users who see a list for the first time, exploration included, before
 * fatigue, novelty and drift.
 */
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
  const lift = 1 + (behaviour.lift[v] ?? 0);
  for (let t = 0; t < tastes.users.length; t++) {
    const from = t * attraction.pool;
    const length = attraction.lengths[v][t];
    const count = Math.min(behaviour.places, length);
    const appeal = attraction.values[v].subarray(from, from + length).map((value) => Math.min(1, value * lift));
    const shuffled = new Float64Array(count).fill(appeal.reduce((sum, one) => sum + one, 0) / length);
    clicks +=
      (1 - behaviour.explore) * expectedClicks(appeal, count, behaviour) +
      behaviour.explore * expectedClicks(shuffled, count, behaviour);
    shown += count;
    const relevant = new Set(heldOut(list.split, list.requests, tastes.requests[t]).items);
    if (relevant.size === 0) continue;
    ndcg += ndcgOf(attraction.items[v].subarray(from, from + count), relevant);
    judged++;
  }
  return { clickRate: shown > 0 ? clicks / shown : 0, ndcg: judged > 0 ? ndcg / judged : NaN };
}

/** Σ θ_k a_k by position; by cascade Σ P(still looking at k) a_k. A shuffled list has its mean attraction everywhere. */
function expectedClicks(appeal: Float64Array, count: number, behaviour: Behaviour): number {
  let clicks = 0;
  let looks = 1;
  for (let k = 0; k < count; k++) {
    if (behaviour.clickModel === 'position') clicks += behaviour.examination[k] * appeal[k];
    else {
      clicks += looks * appeal[k];
      looks *= appeal[k] * behaviour.afterClick + (1 - appeal[k]) * behaviour.afterLook;
    }
  }
  return clicks;
}

function ndcgOf(items: Int32Array, relevant: ReadonlySet<number>): number {
  let gain = 0;
  let ideal = 0;
  for (let k = 0; k < items.length; k++) {
    if (relevant.has(items[k])) gain += 1 / Math.log2(k + 2);
    if (k < relevant.size) ideal += 1 / Math.log2(k + 2);
  }
  return ideal > 0 ? gain / ideal : 0;
}
