import { routeWires, type Routing } from '#shared/documents/wires/route-wires.ts';
import type { Wire, WireBox, WireRoute } from '#shared/documents/wires/wire.ts';

/** One state of a board, to be routed. */
export interface RoutesAsked {
  /** Which board: what was found for its last state makes its next one quicker. */
  readonly board: number;
  readonly boxes: readonly WireBox[];
  readonly wires: readonly Wire[];
}

/** The routes that are not as they were in the last state of this board. */
export interface RoutesFound {
  readonly board: number;
  readonly changed: readonly (readonly [wire: string, route: WireRoute])[];
}

/** Boards whose last state is kept; of another all routes count as changed. */
const boards = 8;
const last = new Map<number, Routing>();

/** Routes a state of a board, after those that were asked before it. */
export function changedRoutes({ board, boxes, wires }: RoutesAsked): RoutesFound {
  const before = last.get(board);
  const now = routeWires(boxes, wires, before);
  last.delete(board);
  last.set(board, now);
  for (const [oldest] of last) if (last.size > boards) last.delete(oldest);
  return { board, changed: [...now.routes].filter(([wire, route]) => before?.routes.get(wire) !== route) };
}

/** The routes of `wires`: those that changed, and of the others those from before. */
export function mergedRoutes(
  before: ReadonlyMap<string, WireRoute>,
  { changed }: RoutesFound,
  wires: readonly Wire[],
): ReadonlyMap<string, WireRoute> {
  const now = new Map(changed);
  return new Map(
    wires.flatMap(({ id }) => {
      const route = now.get(id) ?? before.get(id);
      return route === undefined ? [] : [[id, route] as const];
    }),
  );
}
