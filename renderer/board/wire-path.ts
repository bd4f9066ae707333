import { curveAt, curvePath } from '#shared/documents/wires/curve.ts';
import type { Point, WireEnds, WireRoute } from '#shared/documents/wires/wire.ts';

export interface WirePath {
  readonly path: string;
  /** Where its label lies; null where the label of another wire says the same. */
  readonly at: Point | null;
}

/** The route of a wire, or, while an end of it is dragged away from where the design has it, a plain S. */
export function wirePath(ends: WireEnds, route: WireRoute | undefined): WirePath {
  const near = (side: keyof WireEnds): boolean => route !== undefined && Math.abs(route[side] - ends[side]) < 0.75;
  const there = near('sourceX') && near('sourceY') && near('targetX') && near('targetY');
  return there && route !== undefined
    ? { path: route.path, at: route.label }
    : { path: curvePath(ends), at: curveAt(ends, 0.5) };
}

/** Whether a label would cover most of a short, level wire. */
export function hidesLabel({ sourceX, sourceY, targetX, targetY }: WireEnds, text: string): boolean {
  const gap = targetX - sourceX;
  return gap > 0 && gap < text.length * 6.4 + 6 && Math.abs(targetY - sourceY) < 30;
}
