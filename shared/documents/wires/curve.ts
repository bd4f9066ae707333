import type { BoxField } from './box-field.ts';
import { clearance, sidesOf, type Point, type Wire, type WireEnds } from './wire.ts';

/** How far the handles of an S reach out of its ends: one that leads back keeps close to them instead of swinging wide. */
function reachOf({ sourceX, sourceY, targetX, targetY }: WireEnds): number {
  const [dx, dy] = [targetX - sourceX, Math.abs(targetY - sourceY)];
  return dx > 0 ? Math.max(Math.min(28, dx * 0.9), dx * 0.46) : Math.min(110, 34 + 0.16 * dy - 0.06 * dx);
}

const short = (value: number): string => String(Math.round(value * 10) / 10);

/** An S from the right side of one box to the left side of another. */
export function curvePath(ends: WireEnds): string {
  const { sourceX: x1, sourceY: y1, targetX: x2, targetY: y2 } = ends;
  const reach = reachOf(ends);
  const [a, b, c] = [`${short(x1)} ${short(y1)}`, `${short(x1 + reach)} ${short(y1)}`, short(x2 - reach)];
  return `M${a}C${b} ${c} ${short(y2)} ${short(x2)} ${short(y2)}`;
}

/** A point on the S, at a share of its parameter. */
export function curveAt(ends: WireEnds, share: number): Point {
  const { sourceX: x1, sourceY: y1, targetX: x2, targetY: y2 } = ends;
  const [reach, rest] = [reachOf(ends), 1 - share];
  const [first, second] = [3 * rest * rest * share, 3 * rest * share * share];
  const [start, end] = [rest * rest * rest, share * share * share];
  return {
    x: start * x1 + first * (x1 + reach) + second * (x2 - reach) + end * x2,
    y: (start + first) * y1 + (second + end) * y2,
  };
}

/** Points along the S, no two further apart than the clearance. */
export function curvePoints(ends: WireEnds): Point[] {
  const length = Math.abs(ends.targetX - ends.sourceX) + Math.abs(ends.targetY - ends.sourceY) + 2 * reachOf(ends);
  const steps = Math.min(400, Math.max(8, Math.ceil((1.5 * length) / clearance)));
  return Array.from({ length: steps + 1 }, (_, step) => curveAt(ends, step / steps));
}

/** Longest ways from left to right and up or down that an S is drawn for: a longer one is a line across the board. */
const longest = { across: 330, level: 40, steep: 120, fanned: 210 } as const;

function curveFits(wire: Wire, boxes: BoxField, steep: number): boolean {
  const [dx, dy] = [wire.targetX - wire.sourceX, Math.abs(wire.targetY - wire.sourceY)];
  if (dx < 16 || (dx > longest.across && dy > longest.level) || (dy > steep && dy > dx)) return false;
  const around = {
    left: wire.sourceX,
    right: wire.targetX,
    top: Math.min(wire.sourceY, wire.targetY),
    bottom: Math.max(wire.sourceY, wire.targetY),
  };
  const near = boxes.within({ ...around, top: around.top - clearance, bottom: around.bottom + clearance }, wire);
  if (near.length === 0) return true;
  const sides = near.map((box) => sidesOf(box, clearance - 1));
  return curvePoints(wire).every(
    ({ x, y }) => !sides.some((side) => x > side.left && x < side.right && y > side.top && y < side.bottom),
  );
}

/**
 * For which wires the plain S is the better drawing: it leads forward, is short or level, and lies on no box. One that fans out
 * from a port together with shorter ones may be steeper than one by itself.
 */
export function curvesAmong(wires: readonly Wire[], boxes: BoxField): boolean[] {
  const plain = wires.map((wire) => curveFits(wire, boxes, longest.steep));
  const fan = ({ trunk, targetX }: Wire): string => `${targetX}\n${trunk}`;
  const fans = new Set(wires.filter((_, at) => plain[at]).map(fan));
  return wires.map((wire, at) => plain[at] || (fans.has(fan(wire)) && curveFits(wire, boxes, longest.fanned)));
}
