import type { DragEvent } from 'react';
import { paletteEntries } from '#renderer/client/catalogue.ts';
import type { BoardPorts } from './board-context.ts';
import type { Flow } from './board-hands.ts';
import { movedParts } from './flow-changes.ts';
import { bandsOf, laneAt } from './lanes.ts';
import { addNode, bind } from './store/commands.ts';
import { place, type Placing } from './store/layout-commands.ts';
import { select } from './view.ts';

/** How a palette entry travels while it is dragged. */
export const paletteDragType = 'application/x-runboard-entry';

/** What a drag has moved becomes one change of the design; a node takes the lane that it was set down in. */
export function setDownMoved({ document, view }: BoardPorts): void {
  const moved = movedParts(view, document);
  if (moved.size === 0) return;
  const { board } = document.getState().design;
  const bands = bandsOf({ ...board, nodes: board.nodes.filter((node) => !moved.has(node.id)) });
  const heights = new Map(view.getState().nodes.map((node) => [node.id, node.height ?? 0]));
  const places = new Map<string, Placing>(
    [...moved].map(([id, at]) => [id, { ...at, lane: laneAt(bands, at.y + (heights.get(id) ?? 0) / 2) }]),
  );
  place(document, moved.size === 1 ? 'Move' : `Move ${moved.size} parts`, places);
}

/** A palette entry that is let go over the board: on a node it binds it, elsewhere it becomes a node. */
export function setDownEntry(event: DragEvent, { document, view }: BoardPorts, flow: Flow): void {
  const entry = paletteEntries.find((one) => one.id === event.dataTransfer.getData(paletteDragType));
  if (entry === undefined) return;
  event.preventDefault();
  const over = (event.target as Element).closest('[data-node]')?.getAttribute('data-node') ?? null;
  if (over !== null && entry.component !== undefined) {
    bind(document, over, entry.component);
    select(view, [over]);
    return;
  }
  const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
  select(view, [addNode(document, entry, { x: at.x - 90, y: at.y - 27 })]);
}
