// What a wire lies on, found without the router: its drawn path is walked in steps of a pixel.
import { curvePoints } from '../../shared/documents/wires/curve.ts';
import type { Point, WireBox, WireRoute } from '../../shared/documents/wires/wire.ts';

/** The wire as drawn, in points not much further apart than a pixel. Rounding only cuts corners off. */
function pointsOf({ corners, ...ends }: WireRoute): Point[] {
  const line = corners ?? curvePoints(ends);
  return line.slice(1).flatMap((b, at) => {
    const a = line[at];
    const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y)));
    return Array.from({ length: steps + 1 }, (_, step) => ({
      x: a.x + ((b.x - a.x) * step) / steps,
      y: a.y + ((b.y - a.y) * step) / steps,
    }));
  });
}

/** The boxes that a route lies on. At its own boxes it may lie where a port reaches in, `ports` deep. */
export function boxesUnder(
  route: WireRoute,
  boxes: readonly WireBox[],
  own: { readonly from: string; readonly to: string },
  ports = 1,
): string[] {
  const points = pointsOf(route);
  return boxes
    .filter((box) => {
      const margin = box.id === own.from || box.id === own.to ? ports : 0;
      return points.some(
        ({ x, y }) =>
          x > box.x + margin && x < box.x + box.width - margin && y > box.y + margin && y < box.y + box.height - margin,
      );
    })
    .map((box) => box.id);
}
