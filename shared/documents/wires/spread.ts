import type { BoxField } from './box-field.ts';
import { restOf, settle, tracksOf, type Axis, type Track, type Way } from './legs.ts';
import { sideOf } from './order.ts';

/** Pixels between wires that run beside each other; fewer where there is no room. */
const gaps = [7, 5.5, 4, 3, 2, 1, 0] as const;
/** Tracks further apart than this are in no one's way. */
const reach = 64;
/** Tracks whose ends come this near to each other count as running side by side. */
const touch = 5;
/** Tracks on one side of a track that are looked at: where more run together their order is lost on the eye. */
const most = 48;
/** Legs of a track that are asked which side they need. */
const asked = 3;

/** Which tracks run beside one another, by their place in the list of tracks: those on the lower and on the higher side. */
interface Neighbours {
  readonly lower: readonly number[][];
  readonly higher: readonly number[][];
}

/** Whether two tracks that run side by side share room that one of them can give way in. */
function beside(a: Track, b: Track): boolean {
  const fixed = a.low === a.high && b.low === b.high;
  return !fixed && a.low < b.high + gaps[0] && b.low < a.high + gaps[0];
}

/** Whether the first of two tracks runs on the lower side: where it does not matter it does, because it lies there already. */
function runsLower(a: Track, b: Track, axis: Axis): boolean {
  let sides = 0;
  for (let one = 0; one < a.legs.length && one < asked; one++)
    for (let two = 0; two < b.legs.length && two < asked; two++) sides += sideOf(a.legs[one], b.legs[two], axis);
  return sides <= 0;
}

function neighboursOf(tracks: readonly Track[], axis: Axis): Neighbours {
  const lower: number[][] = tracks.map(() => []);
  const higher: number[][] = tracks.map(() => []);
  const [line, from, to] = (['line', 'from', 'to'] as const).map((key) => Float64Array.from(tracks, (one) => one[key]));
  for (let a = 0; a < tracks.length; a++) {
    const [furthest, start, end] = [line[a] + reach, from[a] - touch, to[a] + touch];
    let found = 0;
    for (let b = a + 1; b < tracks.length && line[b] <= furthest && found < most; b++) {
      if (from[b] >= end || to[b] <= start || !beside(tracks[a], tracks[b])) continue;
      found++;
      const [low, high] = runsLower(tracks[a], tracks[b], axis) ? [a, b] : [b, a];
      higher[low].push(high);
      lower[high].push(low);
    }
  }
  return { lower, higher };
}

/** Tracks from lower to higher side; where they ask for a circle, the one that lies lowest goes first. */
function sorted({ lower, higher }: Neighbours): number[] {
  const waiting = lower.map((those) => those.length);
  const done = new Uint8Array(waiting.length);
  const order: number[] = [];
  const take = (start: number): void => {
    const stack = [start];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (done[at] === 1) continue;
      done[at] = 1;
      order.push(at);
      for (const one of higher[at]) if (--waiting[one] === 0) stack.push(one);
    }
  };
  for (let at = 0; at < waiting.length; at++) if (waiting[at] === 0) take(at);
  for (let at = 0; at < waiting.length; at++) take(at);
  return order;
}

/** Tracks that push each other, in the order that they lie in, and who lies behind each of them. */
interface Bundles {
  readonly bundles: readonly (readonly number[])[];
  readonly behind: readonly (readonly number[])[];
}

function bundled(neighbours: Neighbours): Bundles {
  const order = sorted(neighbours);
  const rank = new Int32Array(order.length);
  for (const [place, at] of order.entries()) rank[at] = place;
  const all = order.map((_, at) => [...neighbours.lower[at], ...neighbours.higher[at]]);
  const bundle = new Int32Array(order.length).fill(-1);
  const bundles: number[][] = [];
  for (const start of order) {
    if (bundle[start] >= 0) continue;
    const stack = [start];
    bundle[start] = bundles.length;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      for (const one of all[at]) {
        if (bundle[one] >= 0) continue;
        bundle[one] = bundles.length;
        stack.push(one);
      }
    }
    bundles.push([]);
  }
  for (const at of order) bundles[bundle[at]].push(at);
  return { bundles, behind: all.map((those, at) => those.filter((one) => rank[one] < rank[at])) };
}

/** Places for tracks, filled in bundle by bundle. */
class Places {
  readonly line: Float64Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  readonly #depth: Int32Array;
  readonly #height: Int32Array;
  readonly #tracks: readonly Track[];
  readonly #behind: Bundles['behind'];

  constructor(tracks: readonly Track[], behind: Bundles['behind']) {
    [this.#tracks, this.#behind] = [tracks, behind];
    [this.line, this.#low, this.#high] = [0, 0, 0].map(() => new Float64Array(tracks.length)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    [this.#depth, this.#height] = [new Int32Array(tracks.length), new Int32Array(tracks.length)];
  }

  /** Between which lines each track may lie so that all of a bundle find room with a gap between them; false where they do not. */
  #bound(bundle: readonly number[], gap: number): boolean {
    for (const at of bundle) {
      [this.#low[at], this.#high[at]] = [this.#tracks[at].low, this.#tracks[at].high];
      [this.#depth[at], this.#height[at]] = [0, 0];
      for (const one of this.#behind[at]) {
        this.#low[at] = Math.max(this.#low[at], this.#low[one] + gap);
        this.#depth[at] = Math.max(this.#depth[at], this.#depth[one] + 1);
      }
    }
    for (let place = bundle.length - 1; place >= 0; place--) {
      const at = bundle[place];
      if (this.#low[at] > this.#high[at] + 1e-6) return false;
      for (const one of this.#behind[at]) {
        this.#high[one] = Math.min(this.#high[one], this.#high[at] - gap);
        this.#height[one] = Math.max(this.#height[one], this.#height[at] + 1);
      }
    }
    return true;
  }

  /** Lays a bundle as near to the middle of its channel as it fits; false where it needs more room. */
  lay(bundle: readonly number[], gap: number): boolean {
    if (!this.#bound(bundle, gap)) return false;
    for (const at of bundle) {
      let line = restOf(this.#tracks[at]) + ((this.#depth[at] - this.#height[at]) / 2) * gap;
      line = Math.max(line, this.#low[at]);
      for (const one of this.#behind[at]) line = Math.max(line, this.line[one] + gap);
      this.line[at] = Math.min(line, this.#high[at]);
    }
    return true;
  }
}

/** Moves the legs of one direction into the middle of their channels, beside one another. */
function spreadAlong(ways: readonly Way[], axis: Axis, boxes: BoxField): void {
  const tracks = tracksOf(ways, axis, boxes);
  const { bundles, behind } = bundled(neighboursOf(tracks, axis));
  const places = new Places(tracks, behind);
  for (const bundle of bundles)
    if (gaps.some((gap) => places.lay(bundle, gap))) for (const at of bundle) settle(tracks[at], axis, places.line[at]);
}

/**
 * Wires that run through one channel lie side by side in its middle, in an order in which they cross least. Upright legs first:
 * the room of the level ones is found with the others in place, so that no corner comes to lie on a box.
 */
export function spread(ways: readonly Way[], boxes: BoxField): void {
  spreadAlong(ways, 'x', boxes);
  spreadAlong(ways, 'y', boxes);
}
