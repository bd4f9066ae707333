import type { BoxField } from './box-field.ts';
import { CostHeap } from './heap.ts';
import { LineField, lineFrom } from './lines.ts';
import { clearance, sidesOf, type Point, type Sides, type Wire } from './wire.ts';

/** A bend costs as much as this many pixels of wire. */
const bend = 60;
/** How far left and right of its own boxes a wire looks for a line of its own. */
const beside = { least: 8, own: 14, most: 26 } as const;

const [level, upright] = [0, 1] as const;

/** The lines that a wire may run on, and where boxes cut them. */
interface Lattice {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** By place: 1 where the piece to the next line on the right is cut, 2 where the piece to the next one below is. */
  readonly cuts: Uint8Array;
}

/** Marks what boxes cut out of a lattice. */
function cut({ xs, ys, cuts }: Lattice, { left, top, right, bottom }: Sides): void {
  const wide = xs.length;
  const [firstX, endX] = [lineFrom(xs, left - clearance + 1e-6), lineFrom(xs, right + clearance)];
  const [firstY, endY] = [lineFrom(ys, top - clearance + 1e-6), lineFrom(ys, bottom + clearance)];
  for (let y = firstY; y < endY; y++) for (let x = Math.max(0, firstX - 1); x < endX; x++) cuts[y * wide + x] |= 1;
  for (let x = firstX; x < endX; x++) for (let y = Math.max(0, firstY - 1); y < endY; y++) cuts[y * wide + x] |= 2;
}

/**
 * Finds the way of a wire round boxes: A* over the lines between columns and rows of boxes, where the cost of a way is its
 * length and its bends. One search is used for many wires: it keeps its memory.
 */
export class WireSearch {
  readonly #boxes: BoxField;
  readonly #lines: LineField;
  readonly #heap = new CostHeap();
  #costs = new Float64Array(0);
  #before = new Int32Array(0);
  #known = new Int32Array(0);
  #cuts = new Uint8Array(0);
  #turn = 0;

  constructor(boxes: BoxField) {
    this.#boxes = boxes;
    this.#lines = new LineField(boxes);
  }

  /** The corners of the cheapest way within a window, both ports included; null where there is none. */
  find(wire: Wire, window: Sides): Point[] | null {
    const found = this.#latticeOf(wire, window);
    if (found === null) return null;
    const last = this.#walk(found.lattice, found.start, found.goal);
    return last < 0 ? null : this.#cornersTo(last, found.lattice, wire);
  }

  /** The lines within a window and where on them a wire begins and ends; null where a box is in front of a port. */
  #latticeOf(wire: Wire, window: Sides): { lattice: Lattice; start: number; goal: number } | null {
    const [outX, inX] = [lineBeside(wire, this.#boxes, 1), lineBeside(wire, this.#boxes, -1)];
    if (outX === null || inX === null) return null;
    const near: number[] = [];
    this.#boxes.visit(window, (at) => void near.push(at));
    const own = { xs: [outX, inX], ys: [wire.sourceY, wire.targetY] };
    const { xs, ys } = this.#lines.between(near, window, own);
    const lattice = { xs, ys, cuts: this.#cleared(xs.length * ys.length) };
    for (const at of near) cut(lattice, this.#boxes.sides[at]);
    const start = lineFrom(ys, wire.sourceY) * xs.length + lineFrom(xs, outX);
    const goal = lineFrom(ys, wire.targetY) * xs.length + lineFrom(xs, inX);
    return { lattice, start, goal };
  }

  /** Whether an end of a wire is closed in by boxes inside a window: then there is no way further out, either. */
  isClosedIn(wire: Wire, window: Sides): boolean {
    const found = this.#latticeOf(wire, window);
    if (found === null) return true;
    const { lattice, start, goal } = found;
    return !this.#leaves(lattice, start) || !this.#leaves(lattice, goal);
  }

  /** Whether the outermost lines of a lattice can be reached from a place. */
  #leaves({ xs, ys, cuts }: Lattice, from: number): boolean {
    const [wide, tall] = [xs.length, ys.length];
    const seen = new Uint8Array(wide * tall);
    const open = [from];
    seen[from] = 1;
    const visit = (place: number): void => {
      if (seen[place] === 1) return;
      seen[place] = 1;
      open.push(place);
    };
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const [x, y] = [place % wide, (place / wide) | 0];
      if (x === 0 || y === 0 || x === wide - 1 || y === tall - 1) return true;
      if ((cuts[place] & 1) === 0) visit(place + 1);
      if ((cuts[place - 1] & 1) === 0) visit(place - 1);
      if ((cuts[place] & 2) === 0) visit(place + wide);
      if ((cuts[place - wide] & 2) === 0) visit(place - wide);
    }
    return false;
  }

  #cleared(places: number): Uint8Array {
    if (this.#cuts.length < places) this.#cuts = new Uint8Array(2 * places);
    return this.#cuts.fill(0, 0, places);
  }

  #prepare(states: number): void {
    this.#heap.clear();
    this.#turn++;
    if (this.#costs.length >= states) return;
    this.#costs = new Float64Array(2 * states);
    this.#before = new Int32Array(2 * states);
    this.#known = new Int32Array(2 * states);
  }

  /** Walks the lattice; answers the last state of the cheapest way, or -1. A state is a place twice, plus how it was entered. */
  #walk({ xs, ys, cuts }: Lattice, start: number, goal: number): number {
    const wide = xs.length;
    this.#prepare(2 * wide * ys.length);
    const [goalX, goalY] = [xs[goal % wide], ys[(goal / wide) | 0]];
    const visit = (place: number, way: number, cost: number, from: number): void => {
      const state = 2 * place + way;
      if (this.#known[state] === this.#turn && this.#costs[state] <= cost) return;
      this.#known[state] = this.#turn;
      this.#costs[state] = cost;
      this.#before[state] = from;
      const [dx, dy] = [Math.abs(xs[place % wide] - goalX), Math.abs(ys[(place / wide) | 0] - goalY)];
      const bends = way === upright ? 1 : dy > 0 ? 2 : 0;
      this.#heap.push(state, cost + dx + dy + bend * bends);
    };
    visit(start, level, 0, -1);
    for (let state = this.#heap.pop(); state >= 0; state = this.#heap.pop()) {
      const [place, way] = [state >> 1, state & 1];
      if (place === goal && way === level) return state;
      const cost = this.#costs[state];
      const [x, y] = [place % wide, (place / wide) | 0];
      const [across, along] = [cost + (way === level ? 0 : bend), cost + (way === upright ? 0 : bend)];
      if (x + 1 < wide && (cuts[place] & 1) === 0) visit(place + 1, level, across + xs[x + 1] - xs[x], state);
      if (x > 0 && (cuts[place - 1] & 1) === 0) visit(place - 1, level, across + xs[x] - xs[x - 1], state);
      if (y + 1 < ys.length && (cuts[place] & 2) === 0) visit(place + wide, upright, along + ys[y + 1] - ys[y], state);
      if (y > 0 && (cuts[place - wide] & 2) === 0) visit(place - wide, upright, along + ys[y] - ys[y - 1], state);
      // A wire ends level: where it comes to its goal upright, it turns there.
      if (place === goal) visit(place, level, cost + bend, state);
    }
    return -1;
  }

  #cornersTo(last: number, { xs, ys }: Lattice, wire: Wire): Point[] {
    const places: Point[] = [{ x: wire.targetX, y: wire.targetY }];
    for (let state = last; state >= 0; state = this.#before[state]) {
      const place = state >> 1;
      places.push({ x: xs[place % xs.length], y: ys[(place / xs.length) | 0] });
    }
    places.push({ x: wire.sourceX, y: wire.sourceY });
    return withoutStraight(places.reverse());
  }
}

/** Only the points where the way turns. */
function withoutStraight(points: readonly Point[]): Point[] {
  const turns: Point[] = [];
  for (const point of points) {
    const [before, last] = [turns.at(-2), turns.at(-1)];
    if (last?.x === point.x && last.y === point.y) continue;
    const straight =
      before !== undefined &&
      last !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
    if (straight) turns.pop();
    turns.push(point);
  }
  return turns;
}

/** A line right of the box that a wire leaves (1), or left of the one that it enters (-1); null where a box is in the way. */
function lineBeside(wire: Wire, boxes: BoxField, side: 1 | -1): number | null {
  const [x, y] = side === 1 ? [wire.sourceX, wire.sourceY] : [wire.targetX, wire.targetY];
  let edge = x;
  let next = Infinity;
  const reach = { left: x - beside.most, right: x + beside.most, top: y - clearance, bottom: y + clearance };
  for (const box of boxes.within(reach)) {
    const own = box.id === (side === 1 ? wire.from : wire.to);
    const sides = sidesOf(box);
    if (own) edge = side === 1 ? Math.max(edge, sides.right) : Math.min(edge, sides.left);
    else next = Math.min(next, side === 1 ? sides.left - x : x - sides.right);
  }
  const past = Math.abs(edge - x);
  const room = next - past;
  if (room < 2 * beside.least) return null;
  return x + side * (past + Math.min(beside.own, room / 2));
}
