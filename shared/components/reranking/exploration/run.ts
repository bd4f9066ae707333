import { implement } from '#shared/contract/component.ts';
import { epsilonGreedyPropensity, sampleEpsilonGreedy, samplePlackettLuceInto } from '#shared/kernels/plackett-luce.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import { rearrangeRequests, relevanceOfView } from '#shared/values/rearrange-requests.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { lists }, params, context) {
    const { slots, keep, policy } = params;
    const seed = context.random('slots').bits();
    const logged: Float64Array[] = [];
    const out = rearrangeRequests(
      lists,
      { type: 'list', context, reasons: ['drawn by chance'] },
      (view, order, reason) => {
        const length = Math.min(keep, view.items.length);
        const drawn = Math.min(slots, length);
        const fixed = length - drawn;
        for (let place = 0; place < fixed; place++) order[place] = place;
        // A stream per request: the same draw alone or among others.
        const random = new Xoshiro(seed, `${view.user}:${lists.requests.part[view.request]}`);
        const pool = relevanceOfView(view).subarray(fixed);
        const chosen = order.subarray(fixed, length);
        const propensities = new Float64Array(length).fill(1);
        if (policy === 'epsilon-greedy')
          drawEpsilonGreedy(chosen, propensities.subarray(fixed), pool.length, params.epsilon, random);
        else
          samplePlackettLuceInto(
            chosen,
            propensities.subarray(fixed),
            policy === 'uniform' ? new Float64Array(pool.length) : pool,
            params.temperature,
            random,
          );
        for (let i = 0; i < drawn; i++) chosen[i] += fixed;
        reason.fill(1, fixed, length);
        logged.push(propensities);
        return length;
      },
    );
    return { lists: { ...out, propensity: combined(out.propensity, logged) } };
  },
});

/** Slot by slot the best one left or, with probability epsilon, any one left. */
function drawEpsilonGreedy(
  chosen: Int32Array,
  propensities: Float64Array,
  pool: number,
  epsilon: number,
  random: Xoshiro,
): void {
  const left = Array.from({ length: pool }, (_, i) => i);
  for (let slot = 0; slot < chosen.length; slot++) {
    const at = sampleEpsilonGreedy(left.length, epsilon, random);
    propensities[slot] = epsilonGreedyPropensity(at, left.length, epsilon);
    chosen[slot] = left.splice(at, 1)[0];
  }
}

/** Times what an earlier exploring step has logged. */
function combined(earlier: Float32Array | null, logged: readonly Float64Array[]): Float32Array {
  const own = Float32Array.from(logged.flatMap((one) => [...one]));
  return earlier === null ? own : own.map((propensity, i) => propensity * earlier[i]);
}
