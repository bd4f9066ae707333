import type { StoreApi } from 'zustand/vanilla';
import type { BoardEdge, BoardNode } from './projection.ts';

export interface BoardState {
  readonly nodes: BoardNode[];
  readonly edges: BoardEdge[];
  /** Ids of selected nodes, frames and notes, in the order of the board. */
  readonly selected: readonly string[];
  readonly selectedEdges: readonly string[];
  /** While a wire is drawn: the nodes that it may end in. */
  readonly connectable: ReadonlySet<string> | null;
  /** Why the wire under the pointer is refused. */
  readonly refusal: string | null;
  /** The part whose title or text is being edited in place. */
  readonly editing: string | null;
}

export type BoardView = StoreApi<BoardState>;

/** Whether a node is drawn as before: ports and data come with its design, hence with the projection. */
function sameNode(node: BoardNode, old: BoardNode, selected: boolean): boolean {
  return (
    old.position.x === node.position.x &&
    old.position.y === node.position.y &&
    old.width === node.width &&
    old.height === node.height &&
    old.type === node.type &&
    old.handles === node.handles &&
    old.selected === selected
  );
}

function sameEdge(edge: BoardEdge, old: BoardEdge, selected: boolean): boolean {
  return (
    old.source === edge.source &&
    old.target === edge.target &&
    old.sourceHandle === edge.sourceHandle &&
    old.targetHandle === edge.targetHandle &&
    old.selected === selected
  );
}

/** An edge selected or not. The ends of one that was chosen by itself can be drawn to other ports. */
export function edgeWith(edge: BoardEdge, selected: boolean, byItself = true): BoardEdge {
  return { ...edge, selected, reconnectable: selected && byItself };
}

/** The list as it was where nothing in it is another: React Flow goes through lists that are new. */
function keeping<T>(before: T[], now: T[]): T[] {
  return before.length === now.length && before.every((one, at) => one === now[at]) ? before : now;
}

/** Nodes and edges with exactly these selected; those that stay as they were stay the same objects. */
export function marked(
  nodes: readonly BoardNode[],
  edges: readonly BoardEdge[],
  parts: ReadonlySet<string>,
  wires: ReadonlySet<string>,
  current: BoardState,
): Partial<BoardState> {
  const nodesBefore = new Map(current.nodes.map((node) => [node.id, node]));
  const edgesBefore = new Map(current.edges.map((edge) => [edge.id, edge]));
  return {
    nodes: keeping(
      current.nodes,
      nodes.map((node) => {
        const [old, selected] = [nodesBefore.get(node.id), parts.has(node.id)];
        return old !== undefined && sameNode(node, old, selected) ? old : { ...node, selected };
      }),
    ),
    edges: keeping(
      current.edges,
      edges.map((edge) => {
        const [old, selected] = [edgesBefore.get(edge.id), wires.has(edge.id)];
        return old !== undefined && sameEdge(edge, old, selected) ? old : edgeWith(edge, selected);
      }),
    ),
    selected: nodes.filter((node) => parts.has(node.id)).map((node) => node.id),
    selectedEdges: edges.filter((edge) => wires.has(edge.id)).map((edge) => edge.id),
  };
}

/** Selects exactly these parts and edges. */
export function select(view: BoardView, parts: readonly string[], edges: readonly string[] = []): void {
  const current = view.getState();
  view.setState(marked(current.nodes, current.edges, new Set(parts), new Set(edges), current));
}
