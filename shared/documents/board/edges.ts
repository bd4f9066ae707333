import type { Edge } from '#shared/contract/design.ts';
import type { Box } from './layout.ts';

export interface DrawnEdge {
  /** The d of a path. */
  readonly path: string;
  /** Where a label sits. */
  readonly middle: readonly [number, number];
}

/** From side to side where there is room to the right, else from edge to edge up or down. */
export function drawEdge(edge: Edge, from: Box, to: Box): DrawnEdge {
  const vertical = edge.kind === 'artifact' || edge.kind === 'feedback' || to.x < from.x + from.width * 0.6;
  const apart = to.y >= from.y + from.height || to.y + to.height <= from.y;
  if (vertical && apart) return upDown(from, to);
  if (to.x + to.width < from.x) return loopBack(from, to);
  return sideways(from, to);
}

function curve(
  a: readonly [number, number],
  b: readonly [number, number],
  c: readonly [number, number],
  d: readonly [number, number],
): DrawnEdge {
  const n = (value: number): string => String(Math.round(value * 10) / 10);
  const path = `M${n(a[0])} ${n(a[1])}C${n(b[0])} ${n(b[1])} ${n(c[0])} ${n(c[1])} ${n(d[0])} ${n(d[1])}`;
  // A cubic at t = 1/2.
  const at = (i: 0 | 1): number => (a[i] + 3 * b[i] + 3 * c[i] + d[i]) / 8;
  return { path, middle: [at(0), at(1)] };
}

function sideways(from: Box, to: Box): DrawnEdge {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const bend = Math.max(18, Math.abs(x2 - x1) * 0.5);
  return curve([x1, y1], [x1 + bend, y1], [x2 - bend, y2], [x2, y2]);
}

function upDown(from: Box, to: Box): DrawnEdge {
  const down = to.y >= from.y + from.height;
  const [x1, y1] = [from.x + from.width / 2, down ? from.y + from.height : from.y];
  const [x2, y2] = [to.x + to.width / 2, down ? to.y : to.y + to.height];
  const bend = (down ? 1 : -1) * Math.max(24, Math.abs(y2 - y1) * 0.5);
  return curve([x1, y1], [x1, y1 + bend], [x2, y2 - bend], [x2, y2]);
}

/** Back to the left in the same row: below both. */
function loopBack(from: Box, to: Box): DrawnEdge {
  const [x1, y1] = [from.x + from.width / 2, from.y + from.height];
  const [x2, y2] = [to.x + to.width / 2, to.y + to.height];
  return curve([x1, y1], [x1, y1 + 50], [x2, y2 + 50], [x2, y2]);
}
