import { BoxField } from './box-field.ts';
import { curvePath, curvesAmong } from './curve.ts';
import { placeLabels, type Lying } from './labels.ts';
import type { Way } from './legs.ts';
import { roundedPath } from './rounded.ts';
import { WireSearch } from './search.ts';
import { spread } from './spread.ts';
import type { Point, Sides, Wire, WireBox, WireRoute } from './wire.ts';

/** How far around its ends a way is looked for; where there is none, further. */
const windows = [200, 900, Infinity] as const;
/** Boards beyond this are no drawings any more: their wires are plain. */
const largest = { span: 4_000_000, wires: 3_000 } as const;

/** A way round boxes that was looked for, and the part of the board that it depends on. */
interface Found {
  readonly wire: Wire;
  readonly corners: readonly Point[] | null;
  readonly window: Sides;
}

/** The routes of a board, with what is needed to route the next state of it quickly. */
export interface Routing {
  readonly routes: ReadonlyMap<string, WireRoute>;
  readonly boxes: readonly WireBox[];
  readonly wires: readonly Wire[];
  readonly found: ReadonlyMap<string, Found>;
}

function sameBox(a: WireBox | undefined, b: WireBox): boolean {
  return a !== undefined && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height && a.id === b.id;
}

function sameEnds(a: Wire, b: Wire): boolean {
  return (
    a.sourceX === b.sourceX &&
    a.sourceY === b.sourceY &&
    a.targetX === b.targetX &&
    a.targetY === b.targetY &&
    a.from === b.from &&
    a.to === b.to
  );
}

function sameWire(a: Wire | undefined, b: Wire): boolean {
  return (
    a !== undefined &&
    a.id === b.id &&
    a.trunk === b.trunk &&
    a.says === b.says &&
    a.labelWidth === b.labelWidth &&
    sameEnds(a, b)
  );
}

/** Where boxes are now or were before that are not the same in both: what lies elsewhere is routed as it was. */
function changedPlaces(before: readonly WireBox[], boxes: readonly WireBox[]): BoxField {
  const old = new Map(before.map((box) => [box.id, box]));
  const kept = new Set<string>();
  const changed: WireBox[] = [];
  for (const box of boxes) {
    if (sameBox(old.get(box.id), box)) kept.add(box.id);
    else changed.push(box);
  }
  return new BoxField([...changed, ...before.filter((box) => !kept.has(box.id))]);
}

function windowOf(wire: Wire, margin: number): Sides {
  return {
    left: Math.min(wire.sourceX, wire.targetX) - margin,
    right: Math.max(wire.sourceX, wire.targetX) + margin,
    top: Math.min(wire.sourceY, wire.targetY) - margin,
    bottom: Math.max(wire.sourceY, wire.targetY) + margin,
  };
}

function findWay(wire: Wire, search: WireSearch): Found {
  for (const margin of windows) {
    const window = windowOf(wire, margin);
    const corners = search.find(wire, window);
    if (corners !== null) return { wire, corners, window };
    if (margin < Infinity && search.isClosedIn(wire, window)) return { wire, corners: null, window };
  }
  return { wire, corners: null, window: windowOf(wire, Infinity) };
}

/** The ways of the wires that are no plain curves, by wire: as before where nothing near them changed. */
function findWays(wires: readonly Wire[], boxes: BoxField, before: Routing | undefined): Map<string, Found> {
  const curves = curvesAmong(wires, boxes);
  const search = new WireSearch(boxes);
  const changed = before === undefined ? null : changedPlaces(before.boxes, boxes.boxes);
  const found = new Map<string, Found>();
  for (const [at, wire] of wires.entries()) {
    if (curves[at]) continue;
    const known = before?.found.get(wire.id);
    const holds = known !== undefined && sameEnds(known.wire, wire) && changed?.within(known.window).length === 0;
    found.set(wire.id, holds ? known : findWay(wire, search));
  }
  return found;
}

function routed(ways: readonly Lying[], boxes: BoxField): WireRoute[] {
  const labels = placeLabels(ways, boxes);
  return ways.map(({ wire, corners }, at) => ({
    sourceX: wire.sourceX,
    sourceY: wire.sourceY,
    targetX: wire.targetX,
    targetY: wire.targetY,
    path: corners === null ? curvePath(wire) : roundedPath(corners),
    corners,
    label: labels[at],
  }));
}

function sameRoute(a: WireRoute | undefined, b: WireRoute): boolean {
  return (
    a !== undefined &&
    a.path === b.path &&
    a.label?.x === b.label?.x &&
    a.label?.y === b.label?.y &&
    a.sourceX === b.sourceX &&
    a.sourceY === b.sourceY &&
    a.targetX === b.targetX &&
    a.targetY === b.targetY
  );
}

/**
 * Routes the wires of a board: short ones that lead forward are plain curves, the others run between the boxes, side by side.
 * The result depends on boxes and wires only. `before` makes it quicker: what was found for a wire is used again when neither its
 * ends nor any box near it changed.
 */
export function routeWires(boxes: readonly WireBox[], wires: readonly Wire[], before?: Routing): Routing {
  if (
    before !== undefined &&
    before.boxes.length === boxes.length &&
    before.wires.length === wires.length &&
    boxes.every((box, at) => sameBox(before.boxes[at], box)) &&
    wires.every((wire, at) => sameWire(before.wires[at], wire))
  )
    return before;
  const field = new BoxField(boxes);
  const { bounds } = field;
  const span = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
  if (!(span < largest.span) || wires.length > largest.wires) return plain(boxes, wires);
  const found = findWays(wires, field, before);
  const lying = wires.map((wire) => {
    const corners = found.get(wire.id)?.corners ?? null;
    return { wire, corners: corners === null ? null : corners.map(({ x, y }) => ({ x, y })) };
  });
  spread(
    lying.filter((one): one is Way => one.corners !== null),
    field,
  );
  const routes = new Map<string, WireRoute>();
  for (const [at, route] of routed(lying, field).entries()) {
    const { id } = lying[at].wire;
    const old = before?.routes.get(id);
    routes.set(id, old !== undefined && sameRoute(old, route) ? old : route);
  }
  return { routes, boxes, wires, found };
}

function plain(boxes: readonly WireBox[], wires: readonly Wire[]): Routing {
  const field = new BoxField([]);
  const ways = wires.map((wire) => ({ wire, corners: null }));
  const routes = routed(ways, field);
  return { routes: new Map(routes.map((route, at) => [wires[at].id, route])), boxes, wires, found: new Map() };
}
