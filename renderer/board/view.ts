import { applyNodeChanges, type Edge as FlowEdge, type Node as FlowNode, type NodeChange } from '@xyflow/react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design, Edge, Frame, Node, Note } from '#shared/contract/design.ts';
import { portsOf } from '#renderer/client/catalogue.ts';
import { inputOf, outputOf, indexOf } from './ports.ts';
import type { DocumentStore } from './store/document.ts';

export type Part = Node | Frame | Note;
export interface PartData extends Record<string, unknown> {
  readonly id: string;
}
export type BoardNode = FlowNode<PartData, 'box' | 'frame' | 'note'>;
export type BoardEdge = FlowEdge<PartData, 'wire'>;

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

/** Size of a node that has none of its own. */
export function sizeOf(node: Pick<Node, 'width' | 'height' | 'binding'>): { width: number; height: number } {
  const bound = node.binding !== undefined;
  const ports = bound ? portsOf(node) : { inputs: [], outputs: [] };
  const rows = Math.max(ports.inputs.length, ports.outputs.length);
  return {
    width: node.width ?? (bound ? 172 : 148),
    height: node.height ?? (bound ? Math.max(56, 18 + rows * 13) : 46),
  };
}

interface Known {
  readonly source: Part | Edge;
  readonly shown: BoardNode | BoardEdge;
}

function projectPart(
  part: Part,
  type: BoardNode['type'],
  size: { width: number; height: number },
  before: BoardNode | undefined,
): BoardNode {
  return {
    ...before,
    id: part.id,
    type,
    position: { x: part.x, y: part.y },
    ...size,
    data: before?.data ?? { id: part.id },
    selected: before?.selected ?? false,
    zIndex: type === 'frame' ? -1 : type === 'note' ? 0 : 1,
    ...(type === 'frame' ? { dragHandle: '.frame-title', style: { pointerEvents: 'none' } as const } : {}),
  };
}

function projectEdge(edge: Edge, design: Design, before: BoardEdge | undefined): BoardEdge {
  const index = indexOf(design.board);
  const [source, target] = [index.nodes.get(edge.from), index.nodes.get(edge.to)];
  const sourceHandle = source === undefined ? null : (outputOf(source, edge.fromPort)?.id ?? null);
  const types = source === undefined ? [] : (outputOf(source, edge.fromPort)?.types ?? []);
  const targetHandle = target === undefined ? null : (inputOf(target, edge.toPort, types)?.id ?? null);
  if (
    before !== undefined &&
    before.sourceHandle === sourceHandle &&
    before.targetHandle === targetHandle &&
    before.source === edge.from &&
    before.target === edge.to
  )
    return before;
  return {
    id: edge.id,
    type: 'wire',
    source: edge.from,
    target: edge.to,
    sourceHandle,
    targetHandle,
    data: { id: edge.id },
    selected: before?.selected ?? false,
  };
}

/** Projects designs for React Flow, keeping the identity of what did not change. */
function projector(): (design: Design) => Pick<BoardState, 'nodes' | 'edges'> {
  let knownParts = new Map<string, Known>();
  let knownEdges = new Map<string, Known>();
  return (design) => {
    const parts = new Map<string, Known>();
    const edges = new Map<string, Known>();
    const keep = (part: Part, type: BoardNode['type'], size: { width: number; height: number }): BoardNode => {
      const known = knownParts.get(part.id);
      const shown =
        known?.source === part
          ? (known.shown as BoardNode)
          : projectPart(part, type, size, known?.shown as BoardNode | undefined);
      parts.set(part.id, { source: part, shown });
      return shown;
    };
    const nodes = [
      ...(design.board.frames ?? []).map((frame) => keep(frame, 'frame', { width: frame.width, height: frame.height })),
      ...(design.board.notes ?? []).map((note) =>
        keep(note, 'note', { width: note.width ?? 200, height: note.height ?? 96 }),
      ),
      ...design.board.nodes.map((node) => keep(node, 'box', sizeOf(node))),
    ];
    const wires = design.board.edges.map((edge) => {
      const shown = projectEdge(edge, design, knownEdges.get(edge.id)?.shown as BoardEdge | undefined);
      edges.set(edge.id, { source: edge, shown });
      return shown;
    });
    [knownParts, knownEdges] = [parts, edges];
    return { nodes, edges: wires };
  };
}

/** The board as it is looked at: positions while dragging, selection, what is being edited. Never saved. */
export function createBoardView(document: DocumentStore): BoardView {
  const project = projector();
  const first = project(document.getState().design);
  const view = createStore<BoardState>(() => ({
    ...first,
    selected: [],
    selectedEdges: [],
    connectable: null,
    refusal: null,
    editing: null,
  }));
  document.subscribe((state, before) => {
    if (state.design.board === before.design.board) return;
    const current = view.getState();
    const shown = project(state.design);
    view.setState(marked(shown.nodes, shown.edges, new Set(current.selected), new Set(current.selectedEdges), current));
  });
  return view;
}

function keptMeasure(node: BoardNode, current: ReadonlyMap<string, BoardNode>): BoardNode {
  const measured = current.get(node.id)?.measured;
  return measured === undefined || node.measured === measured ? node : { ...node, measured };
}

function marked(
  nodes: readonly BoardNode[],
  edges: readonly BoardEdge[],
  parts: ReadonlySet<string>,
  wires: ReadonlySet<string>,
  current: BoardState,
): Partial<BoardState> {
  const before = new Map(current.nodes.map((node) => [node.id, node]));
  const sameBefore = (node: BoardNode): BoardNode => {
    const old = before.get(node.id);
    const isSame =
      old !== undefined &&
      old.position.x === node.position.x &&
      old.position.y === node.position.y &&
      old.width === node.width &&
      old.height === node.height &&
      old.type === node.type &&
      old.selected === parts.has(node.id);
    if (isSame) return old;
    return keptMeasure({ ...node, selected: parts.has(node.id) }, before);
  };
  const wiresBefore = new Map(current.edges.map((edge) => [edge.id, edge]));
  const shownEdges = edges.map((edge) => {
    const old = wiresBefore.get(edge.id);
    const same =
      old !== undefined &&
      old.source === edge.source &&
      old.target === edge.target &&
      old.sourceHandle === edge.sourceHandle &&
      old.targetHandle === edge.targetHandle &&
      old.selected === wires.has(edge.id);
    return same ? old : { ...edge, selected: wires.has(edge.id) };
  });
  return {
    nodes: nodes.map(sameBefore),
    edges: shownEdges,
    selected: nodes.filter((node) => parts.has(node.id)).map((node) => node.id),
    selectedEdges: edges.filter((edge) => wires.has(edge.id)).map((edge) => edge.id),
  };
}

/** Selects exactly these parts and edges. */
export function select(view: BoardView, parts: readonly string[], edges: readonly string[] = []): void {
  const current = view.getState();
  view.setState(marked(current.nodes, current.edges, new Set(parts), new Set(edges), current));
}

/** Members of dragged frames move with them. */
function withMembers(
  changes: readonly NodeChange<BoardNode>[],
  view: BoardState,
  board: Design['board'],
): NodeChange<BoardNode>[] {
  const all = [...changes];
  const moved = new Set(changes.map((one) => ('id' in one ? one.id : '')));
  for (const one of changes) {
    if (one.type !== 'position' || one.position === undefined) continue;
    const frame = view.nodes.find((node) => node.id === one.id && node.type === 'frame');
    if (frame === undefined) continue;
    const by = { x: one.position.x - frame.position.x, y: one.position.y - frame.position.y };
    const members = new Set(
      board.nodes.filter((node) => node.frame === one.id && !moved.has(node.id)).map((node) => node.id),
    );
    for (const node of view.nodes) {
      if (members.has(node.id))
        all.push({
          type: 'position',
          id: node.id,
          position: { x: node.position.x + by.x, y: node.position.y + by.y },
          dragging: one.dragging,
        });
    }
  }
  return all;
}

/** Takes what React Flow reports: positions while dragging, measures and selection; the design is not touched. */
export function takeNodeChanges(
  view: BoardView,
  document: DocumentStore,
  changes: readonly NodeChange<BoardNode>[],
): void {
  const current = view.getState();
  const all = withMembers(changes, current, document.getState().design.board);
  const nodes = applyNodeChanges(all, current.nodes);
  const touched = all.some((one) => one.type === 'select');
  view.setState(
    touched ? { nodes, selected: nodes.filter((node) => node.selected === true).map((node) => node.id) } : { nodes },
  );
}

/** Where parts are now that are elsewhere in the design: what a drag has moved. */
export function movedParts(view: BoardView, document: DocumentStore): Map<string, { x: number; y: number }> {
  const { nodes, frames = [], notes = [] } = document.getState().design.board;
  const stored = new Map([...nodes, ...frames, ...notes].map((part) => [part.id, part]));
  const moved = new Map<string, { x: number; y: number }>();
  for (const node of view.getState().nodes) {
    const part = stored.get(node.id);
    const there =
      part !== undefined && part.x === Math.round(node.position.x) && part.y === Math.round(node.position.y);
    if (part !== undefined && !there) moved.set(node.id, node.position);
  }
  return moved;
}
