import type { BoxField } from './box-field.ts';
import { curveAt } from './curve.ts';
import { overlap, type Point, type Sides, type Wire } from './wire.ts';

const height = 16;
/** Where along a leg or a curve a label is tried, the middle first. */
const shares = [0.5, 0.35, 0.65, 0.22, 0.78] as const;
const cell = 256;

/** Labels that lie on the board already, by place. */
class Placed {
  readonly #cells = new Map<string, Sides[]>();

  #visit(sides: Sides, visit: (key: string) => void): void {
    const [first, last] = [Math.floor(sides.left / cell), Math.floor(sides.right / cell)];
    for (let y = Math.floor(sides.top / cell); y <= Math.floor(sides.bottom / cell); y++)
      for (let x = first; x <= last; x++) visit(`${x} ${y}`);
  }

  covers(sides: Sides): boolean {
    let covered = false;
    this.#visit(sides, (key) => {
      covered ||= (this.#cells.get(key) ?? []).some((one) => overlap(one, sides));
    });
    return covered;
  }

  add(sides: Sides): void {
    this.#visit(sides, (key) => {
      const there = this.#cells.get(key);
      if (there === undefined) this.#cells.set(key, [sides]);
      else there.push(sides);
    });
  }
}

/** A place for a label. Good ones have room for it beside them. */
interface Place extends Point {
  readonly good: boolean;
}

/** Places for the label of a wire, best first: on its level legs, the longest first, then on the upright ones. */
function placesOn(wire: Wire, corners: readonly Point[] | null): Place[] {
  if (corners === null) return shares.map((share) => ({ ...curveAt(wire, share), good: true }));
  const legs = corners.slice(1).map((b, at) => {
    const a = corners[at];
    const level = a.y === b.y;
    const length = Math.abs(b.x - a.x) + Math.abs(b.y - a.y);
    // What leads into a port may be where several wires come together: only a long piece of it is the wire's own.
    const room = level ? wire.labelWidth + (at === corners.length - 2 ? 60 : 12) : height + 12;
    return { a, b, level, length, fits: length >= room };
  });
  const ranked = legs.toSorted(
    (one, two) =>
      Number(two.fits) - Number(one.fits) || Number(two.level) - Number(one.level) || two.length - one.length,
  );
  return ranked.flatMap(({ a, b, level, fits }) =>
    shares.map((share) => ({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, good: level && fits })),
  );
}

function around({ x, y }: Point, width: number): Sides {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/** How a wire lies, for its label. */
export interface Lying {
  readonly wire: Wire;
  readonly corners: readonly Point[] | null;
}

/** Whether a point lies on the way of a wire. */
function liesOn({ corners }: Lying, { x, y }: Point): boolean {
  if (corners === null) return false;
  return corners.slice(1).some((b, at) => {
    const a = corners[at];
    const level = Math.abs(a.y - y) < 0.5 && Math.abs(b.y - y) < 0.5 && (a.x - x) * (b.x - x) <= 0;
    return level || (Math.abs(a.x - x) < 0.5 && Math.abs(b.x - x) < 0.5 && (a.y - y) * (b.y - y) <= 0);
  });
}

/** Wires of a trunk that are looked at for a place that suits many of them. */
const together = 8;

/** The free place that lies on most of some wires that say the same, if it can be on a level leg; of equals the first. */
function sharedPlace(ways: readonly Lying[], free: (point: Point) => boolean): Point {
  const some = ways.slice(0, together);
  const first = placesOn(some[0].wire, some[0].corners);
  if (some.length === 1) return first.find(free) ?? first[0];
  let [best, most]: [Point | null, number] = [null, 0];
  for (const way of some) {
    for (const place of way === some[0] ? first : placesOn(way.wire, way.corners)) {
      const worth = some.filter((one) => one === way || liesOn(one, place)).length + (place.good ? together : 0);
      if (worth > most && free(place)) [best, most] = [place, worth];
    }
    if (most >= some.length + together) break;
  }
  return best ?? first[0];
}

/** Where the label of each wire lies: on no box and on no other label where there is such a place; null for none. */
export function placeLabels(ways: readonly Lying[], boxes: BoxField): (Point | null)[] {
  const placed = new Placed();
  const saying = new Map<string, number[]>();
  for (const [at, { wire, corners }] of ways.entries()) {
    if (wire.says === null) continue;
    // A curve runs along with nobody: its label is its own.
    const key = corners === null ? `${at}` : `${wire.trunk}\n${wire.says}`;
    const those = saying.get(key);
    if (those === undefined) saying.set(key, [at]);
    else those.push(at);
  }
  const labels: (Point | null)[] = ways.map(() => null);
  for (const those of saying.values()) {
    for (let left = those; left.length > 0;) {
      const [first] = left;
      const width = ways[first].wire.labelWidth;
      const free = (point: Point): boolean => {
        const sides = around(point, width);
        return !placed.covers(sides) && boxes.within(sides).length === 0;
      };
      const place = sharedPlace(
        left.map((at) => ways[at]),
        free,
      );
      placed.add(around(place, width));
      const on = left.filter((at) => liesOn(ways[at], place));
      const holder = on[0] ?? first;
      labels[holder] = { x: place.x, y: place.y };
      left = left.filter((at) => at !== holder && !on.includes(at));
    }
  }
  return labels;
}
