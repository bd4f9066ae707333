import type { Random } from './random.ts';

/**
 * Draws an order from the Plackett-Luce model: position by position, without putting back, item i with probability
 * e^(s_i / T) / Σ over those left of e^(s_j / T). Done at once by sorting s / T + Gumbel noise (Yellott 1977).
 * Writes the first out.length positions and, beside each, the probability with which it was drawn given the ones
 * before it: the propensity to log. T > 0; T towards 0 sorts, large T shuffles. O(n log n).
 */
export function samplePlackettLuceInto(
  out: Int32Array,
  propensities: Float64Array,
  scores: ArrayLike<number>,
  temperature: number,
  random: Random,
): void {
  const count = scores.length;
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    // Gumbel noise is -ln(-ln u); u = 1 - next() is in (0, 1], never 0.
    keys[i] = scores[i] / temperature - Math.log(-Math.log(1 - random.next()));
  }
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  order.sort((a, b) => keys[b] - keys[a] || a - b);
  out.set(order.subarray(0, out.length));
  plackettLucePropensitiesInto(propensities, order, scores, temperature);
}

/**
 * Conditional probability of each of the first out.length positions of `order`, a permutation of all candidates.
 * Summed from the last position up, so that no difference of large sums is taken.
 */
export function plackettLucePropensitiesInto(
  out: Float64Array,
  order: Int32Array,
  scores: ArrayLike<number>,
  temperature: number,
): void {
  let top = -Infinity; // running maximum of s / T of the positions below
  let sum = 0; // Σ e^(s / T - top)
  for (let at = order.length - 1; at >= 0; at--) {
    const scaled = scores[order[at]] / temperature;
    if (scaled > top) {
      sum = sum * Math.exp(top - scaled) + 1;
      top = scaled;
    } else sum += Math.exp(scaled - top);
    if (at < out.length) out[at] = Math.exp(scaled - top) / sum;
  }
}

/**
 * One ε-greedy draw among the `left` candidates in order of relevance: with probability ε any of them, else the first.
 * Returns the index drawn; its probability is ε / left, plus 1 - ε for the first.
 */
export function sampleEpsilonGreedy(left: number, epsilon: number, random: Random): number {
  return random.next() < epsilon ? random.integer(left) : 0;
}

/** Probability of `index` under `sampleEpsilonGreedy`. */
export function epsilonGreedyPropensity(index: number, left: number, epsilon: number): number {
  return epsilon / left + (index === 0 ? 1 - epsilon : 0);
}
