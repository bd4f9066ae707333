import type { Point } from './wire.ts';

const radius = 9;

const short = (value: number): string => String(Math.round(value * 10) / 10);
const at = ({ x, y }: Point): string => `${short(x)} ${short(y)}`;

/** The point that lies a distance from a corner towards another. */
function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
  return length === 0
    ? from
    : { x: from.x + ((to.x - from.x) * distance) / length, y: from.y + ((to.y - from.y) * distance) / length };
}

/** A line through corners, each of them rounded as far as its legs are long. */
export function roundedPath(corners: readonly Point[]): string {
  const parts = [`M${at(corners[0])}`];
  const length = (a: Point, b: Point): number => Math.abs(b.x - a.x) + Math.abs(b.y - a.y);
  for (let corner = 1; corner < corners.length - 1; corner++) {
    const [before, here, after] = [corners[corner - 1], corners[corner], corners[corner + 1]];
    const round = Math.min(radius, length(before, here) / 2, length(here, after) / 2);
    parts.push(`L${at(towards(here, before, round))}Q${at(here)} ${at(towards(here, after, round))}`);
  }
  parts.push(`L${at(corners[corners.length - 1])}`);
  return parts.join('');
}
