import type { Random } from '../random.ts';

/**
 * Click models: how a person goes down a list. Position-based: the place is examined with probability θ_k, and an examined
 * item is clicked with its attraction. Cascade: top to bottom, stopping after a click with a probability, and giving up
 * between places with another.
 */

/** Examination by place: 1 / k^decay, as a power law of the position from 1. */
export function examinationCurve(places: number, decay: number): Float64Array {
  return Float64Array.from({ length: places }, (_, k) => (k + 1) ** -decay);
}

/**
 * Clicks of one person on one list under the position-based model: clicks[from + k] = 1 with probability
 * examination[k] · attraction[from + k], for `count` places.
 */
export function clickByPositionInto(
  clicks: Float32Array,
  attraction: Float64Array,
  from: number,
  examination: Float64Array,
  random: Random,
): void {
  const count = Math.min(examination.length, attraction.length - from);
  for (let k = 0; k < count; k++) clicks[from + k] = random.next() < examination[k] * attraction[from + k] ? 1 : 0;
}

/** How a cascade goes on: after a click, after a look without a click. */
export interface Continuation {
  readonly afterClick: number;
  readonly afterLook: number;
}

/** Clicks of one person on `count` places under the cascade model. Returns how many places were looked at. */
export function clickByCascadeInto(
  clicks: Float32Array,
  attraction: Float64Array,
  span: { readonly from: number; readonly count: number },
  goesOn: Continuation,
  random: Random,
): number {
  for (let k = 0; k < span.count; k++) {
    const clicked = random.next() < attraction[span.from + k];
    clicks[span.from + k] = clicked ? 1 : 0;
    if (random.next() >= (clicked ? goesOn.afterClick : goesOn.afterLook)) {
      clicks.fill(0, span.from + k + 1, span.from + span.count);
      return k + 1;
    }
  }
  return span.count;
}

/** Impressions for fitting: place from 0, item (or item and context) from 0, click. */
export interface ClickLog {
  readonly position: Int32Array;
  readonly item: Int32Array;
  readonly click: Float32Array;
}

export interface PositionModel {
  /** θ, scaled so that the first place is 1. */
  readonly examination: Float64Array;
  /** γ: attraction by item, on the scale on which place 1 is always examined. */
  readonly attraction: Float64Array;
}

/**
 * Position-based model by expectation maximisation (Wang et al., WSDM 2018; Chuklin et al. 2015). E step, for a row without
 * a click: P(examined) = θ(1-γ) / (1-θγ), P(attractive) = γ(1-θ) / (1-θγ). M step: means. Rows are first counted by item and place, so that a
 * round costs items × places, however long the log. Items are identified with places only as far as they moved about in
 * the log: a log in which every item kept its place cannot tell the two apart.
 */
export function fitPositionModel(log: ClickLog, places: number, items: number, rounds = 500): PositionModel {
  const shown = new Float64Array(items * places);
  const clicked = new Float64Array(items * places);
  for (let row = 0; row < log.click.length; row++) {
    const cell = log.item[row] * places + log.position[row];
    shown[cell]++;
    clicked[cell] += log.click[row];
  }
  const theta = new Float64Array(places).fill(0.5);
  const gamma = new Float64Array(items).fill(0.5);
  const nextTheta = new Float64Array(places);
  const shownAt = new Float64Array(places);
  for (let round = 0; round < rounds; round++) {
    nextTheta.fill(0);
    shownAt.fill(0);
    const change = expectationRound({ shown, clicked, theta, gamma, nextTheta, shownAt });
    let moved = change;
    for (let k = 0; k < places; k++) {
      const next = shownAt[k] > 0 ? nextTheta[k] / shownAt[k] : theta[k];
      moved = Math.max(moved, Math.abs(next - theta[k]));
      theta[k] = next;
    }
    if (moved < 1e-8) break;
  }
  const scale = theta[0] > 0 ? theta[0] : 1;
  return { examination: theta.map((value) => value / scale), attraction: gamma.map((value) => value * scale) };
}

interface Round {
  readonly shown: Float64Array;
  readonly clicked: Float64Array;
  readonly theta: Float64Array;
  readonly gamma: Float64Array;
  readonly nextTheta: Float64Array;
  readonly shownAt: Float64Array;
}

/** One E step over all cells, with the M step of γ. Returns the largest change of γ. */
function expectationRound({ shown, clicked, theta, gamma, nextTheta, shownAt }: Round): number {
  const places = theta.length;
  let change = 0;
  for (let item = 0; item < gamma.length; item++) {
    let attractive = 0;
    let count = 0;
    for (let k = 0; k < places; k++) {
      const rows = shown[item * places + k];
      if (rows === 0) continue;
      const clicks = clicked[item * places + k];
      const passed = (rows - clicks) / (1 - theta[k] * gamma[item] + 1e-300);
      attractive += clicks + passed * gamma[item] * (1 - theta[k]);
      nextTheta[k] += clicks + passed * theta[k] * (1 - gamma[item]);
      shownAt[k] += rows;
      count += rows;
    }
    if (count === 0) continue;
    const next = attractive / count;
    change = Math.max(change, Math.abs(next - gamma[item]));
    gamma[item] = next;
  }
  return change;
}
