import { applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react';
import type { Design } from '#shared/contract/design.ts';
import type { BoardEdge, BoardNode } from './projection.ts';
import type { DocumentStore } from './store/document.ts';
import { membersOf } from './store/frames.ts';
import { edgeWith, type BoardState, type BoardView } from './view.ts';

type NodeChanges = readonly NodeChange<BoardNode>[];

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Members of dragged frames move with them. */
function withMembers(changes: NodeChanges, view: BoardState, board: Design['board']): NodeChange<BoardNode>[] {
  const all = [...changes];
  if ((board.frames ?? []).length === 0) return all;
  const moved = new Set(changes.map((one) => ('id' in one ? one.id : '')));
  for (const one of changes) {
    if (one.type !== 'position' || one.position === undefined) continue;
    const frame = view.nodes.find((node) => node.id === one.id && node.type === 'frame');
    if (frame === undefined) continue;
    const by = { x: one.position.x - frame.position.x, y: one.position.y - frame.position.y };
    const members = new Set(
      membersOf(board, one.id)
        .map((part) => part.id)
        .filter((id) => !moved.has(id)),
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
    for (const id of members) moved.add(id);
  }
  return all;
}

function chosen(parts: readonly { readonly id: string; readonly selected?: boolean }[]): readonly string[] {
  return parts.filter((part) => part.selected === true).map((part) => part.id);
}

/** Where a step of a drag puts parts, members of frames included; null where the changes are no such step. */
export function stepOf(view: BoardView, document: DocumentStore, changes: NodeChanges): Map<string, Point> | null {
  const places = new Map<string, Point>();
  for (const change of withMembers(changes, view.getState(), document.getState().design.board)) {
    if (change.type !== 'position' || change.position === undefined || change.dragging !== true) return null;
    places.set(change.id, change.position);
  }
  return places.size === 0 ? null : places;
}

/** Takes what React Flow reports of nodes: their selection, and places that no drag has shown; the design is not touched. */
export function takeNodeChanges(view: BoardView, changes: NodeChanges): void {
  const nodes = applyNodeChanges([...changes], view.getState().nodes);
  view.setState(changes.some((one) => one.type === 'select') ? { nodes, selected: chosen(nodes) } : { nodes });
}

/** Takes what React Flow reports of edges: their selection; edges come and go with the design only. */
export function takeEdgeChanges(view: BoardView, changes: readonly EdgeChange<BoardEdge>[]): void {
  const selections = new Map(
    changes.flatMap((one) => (one.type === 'select' ? [[one.id, one.selected] as const] : [])),
  );
  if (selections.size === 0) return;
  const current = view.getState();
  const edges = current.edges.map((edge) => {
    const selected = selections.get(edge.id);
    return selected === undefined || selected === edge.selected ? edge : edgeWith(edge, selected);
  });
  view.setState({ edges, selectedEdges: chosen(edges) });
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
