import type { Design, Edge, Node } from '#shared/contract/design.ts';
import { routeWires, type Routing } from '#shared/documents/wires/route-wires.ts';
import { notesBeside, type Point, type Wire, type WireBox } from '#shared/documents/wires/wire.ts';
import { bareSide, endsOf, specOf } from '#renderer/client/catalogue.ts';
import { noteSize, sizeOf } from './node-size.ts';
import { edgeLook, indexOf, inputOf, outputOf } from './ports.ts';
import { handlesOn } from './projection.ts';
import { keptByPart } from './shown-parts.ts';

type Board = Design['board'];
type Index = ReturnType<typeof indexOf>;

/** What the design says of a wire. */
interface Drawn {
  readonly look: ReturnType<typeof edgeLook>;
  readonly label: string;
  /** Whose result flows along it; null where nothing is counted. */
  readonly giver: string | null;
}

/** The bound node whose result flows along an edge: its source, or the one before a drawn source that has only one. */
function origin(index: Index, id: string): string | null {
  const seen = new Set<string>();
  for (let at = id; !seen.has(at);) {
    seen.add(at);
    if (specOf(index.nodes.get(at)?.binding?.component) !== undefined) return at;
    // What is fed back is another request's.
    const into = (index.into.get(at) ?? []).filter(({ kind }) => kind !== 'feedback');
    if (into.length !== 1) return null;
    at = into[0].from;
  }
  return null;
}

const missing: Drawn = { look: 'plain', label: '', giver: null };

function drawnEdge(index: Index, id: string): Drawn {
  const edge = index.edges.get(id);
  if (edge === undefined) return missing;
  const look = edgeLook(edge, index);
  return { look, label: edge.label ?? '', giver: look === 'plain' ? origin(index, edge.from) : null };
}

/** What is drawn of a wire, however often it is moved. */
export const drawnIn = keptByPart(drawnEdge, (a, b) => a.look === b.look && a.label === b.label && a.giver === b.giver);

/** Room for a count in a label: what a run tells is not known before it. */
const letter = 6.4;
const countRoom = 34;

/** The middle of the outer side of a port, where React Flow lets a wire end. */
function portAt(node: Node, side: 'source' | 'target', port: string): Point | null {
  const ports = endsOf(node)[side === 'source' ? 'outputs' : 'inputs'];
  const size = sizeOf(node);
  const handle = handlesOn(ports, side, size).find((one) => one.id === port);
  if (handle === undefined) return null;
  const { x, y, width = 0, height = 0 } = handle;
  return { x: node.x + x + (side === 'source' ? width : 0), y: node.y + y + height / 2 };
}

function wireOf(edge: Edge, board: Board, index: Index): Wire | null {
  const [source, target] = [index.nodes.get(edge.from), index.nodes.get(edge.to)];
  if (source === undefined || target === undefined) return null;
  const out = outputOf(source, edge.fromPort);
  const start = portAt(source, 'source', (out ?? bareSide).id);
  const end = portAt(target, 'target', (inputOf(target, edge.toPort, out?.types ?? []) ?? bareSide).id);
  if (start === null || end === null) return null;
  const { label, giver } = drawnIn(board, edge.id);
  const room =
    label.length * letter + (giver === null ? 0 : countRoom) + (label !== '' && giver !== null ? 3 * letter : 0);
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    trunk: `${edge.from}\n${out?.id ?? ''}`,
    sourceX: start.x,
    sourceY: start.y,
    targetX: end.x,
    targetY: end.y,
    says: label === '' && giver === null ? null : `${label}\n${giver ?? ''}`,
    labelWidth: room,
  };
}

/** What wires keep clear of: nodes, and notes that lie beside them. */
function boxesOf(board: Board): WireBox[] {
  const nodes = board.nodes.map(({ id, x, y, ...node }): WireBox => ({ id, x, y, ...sizeOf(node) }));
  const notes = (board.notes ?? []).map((note): WireBox => ({ id: note.id, x: note.x, y: note.y, ...noteSize(note) }));
  return [...nodes, ...notesBeside(notes, nodes)];
}

/** What the wires of a board are routed by. */
export function routable(board: Board): { readonly boxes: WireBox[]; readonly wires: Wire[] } {
  const index = indexOf(board);
  return { boxes: boxesOf(board), wires: board.edges.flatMap((edge) => wireOf(edge, board, index) ?? []) };
}

const routings = new WeakMap<object, Routing>();
let last: Routing | undefined;

/** The routes of the wires of a board, found once for each state of it. */
export function routesOf(board: Board): Routing['routes'] {
  const known = routings.get(board);
  if (known !== undefined) return known.routes;
  const { boxes, wires } = routable(board);
  last = routeWires(boxes, wires, last);
  routings.set(board, last);
  return last.routes;
}
