import type { DragEvent } from 'react';
import { paletteEntries, type PaletteEntry } from '#renderer/client/catalogue.ts';
import type { BoardPorts } from './board-context.ts';
import type { Flow } from './board-hands.ts';
import './dropping.css';
import { movedParts } from './flow-changes.ts';
import { freePlace } from './free-place.ts';
import { bandsOf, laneAt } from './lanes.ts';
import { judgeBinding } from './ports.ts';
import { copyParts, pasteParts } from './store/clipboard.ts';
import { addNode, bind } from './store/commands.ts';
import { place, type Placing } from './store/layout-commands.ts';
import { refuse } from './refusing.ts';
import { select } from './view.ts';

/** How a palette entry travels while it is dragged; what it is, is in the name of a second type: only names can be read before it is let go. */
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

/** Where parts were dragged with Alt held, copies of them are set down, and they stay where they were. */
export function setDownCopies({ document, view }: BoardPorts): void {
  const moved = movedParts(view, document);
  const { design } = document.getState();
  const parts = [...design.board.nodes, ...(design.board.frames ?? []), ...(design.board.notes ?? [])];
  const first = parts.find((part) => moved.has(part.id));
  const to = moved.get(first?.id ?? '');
  if (first === undefined || to === undefined) return;
  const by = { x: Math.round(to.x) - first.x, y: Math.round(to.y) - first.y };
  const sheet = copyParts(design, [...moved.keys()]);
  const bands = bandsOf(design.board);
  const nodes = sheet.nodes.map((node) => {
    const lane = laneAt(
      bands,
      node.y + by.y + (view.getState().nodes.find(({ id }) => id === node.id)?.height ?? 0) / 2,
    );
    return lane === undefined ? node : { ...node, lane };
  });
  select(view, pasteParts(document, { ...sheet, nodes }, by, 'Duplicate'));
}

/** What is dragged over the board, while its data cannot be read yet. */
function entryOver(event: DragEvent): PaletteEntry | undefined {
  const name = event.dataTransfer.types.find((type) => type.startsWith(`${paletteDragType}/`));
  return name === undefined
    ? undefined
    : paletteEntries.find((one) => one.id.toLowerCase() === name.slice(paletteDragType.length + 1));
}

function boxUnder(event: DragEvent): HTMLElement | null {
  return (event.target as Element).closest<HTMLElement>('[data-node]');
}

const marks = ['data-drop', 'data-drop-refused'] as const;

function unmark(): void {
  for (const mark of marks)
    for (const element of globalThis.document.querySelectorAll(`[${mark}]`)) element.removeAttribute(mark);
}

/** An entry from the palette over the board: the node that it would be bound to is marked; what does not fit is refused with its reason. */
export function entryOverBoard(event: DragEvent, { document, view }: BoardPorts): void {
  const entry = entryOver(event);
  if (entry === undefined) return;
  event.preventDefault();
  unmark();
  const box = entry.component === undefined ? null : boxUnder(event);
  const refusal =
    box === null || entry.component === undefined
      ? null
      : judgeBinding(document.getState().design.board, box.dataset['node'] ?? '', entry.component);
  box?.toggleAttribute(refusal === null ? 'data-drop' : 'data-drop-refused', true);
  event.dataTransfer.dropEffect = refusal === null ? 'copy' : 'none';
  refuse(view, refusal);
}

/** The entry was dragged away from the board again, or let go where it is refused: the page is told of both alike, and the reason stays to be read. */
export function entryGone(): void {
  unmark();
}

/** Binds a node to a component, unless that does not fit its wires: then it says why. */
export function bindFitting(
  { document, view }: Pick<BoardPorts, 'document' | 'view'>,
  node: string,
  component: string,
): void {
  const refusal = judgeBinding(document.getState().design.board, node, component);
  refuse(view, refusal);
  if (refusal !== null) return;
  bind(document, node, component);
  select(view, [node]);
}

/** A palette entry that is let go over the board: on a node it binds it, elsewhere it becomes a node of the lane it lies in. */
export function setDownEntry(event: DragEvent, ports: BoardPorts, flow: Flow): void {
  const { document, view } = ports;
  entryGone();
  const entry = paletteEntries.find((one) => one.id === event.dataTransfer.getData(paletteDragType));
  if (entry === undefined) return;
  event.preventDefault();
  const over = boxUnder(event)?.dataset['node'] ?? null;
  const { board } = document.getState().design;
  if (over !== null && entry.component !== undefined) return bindFitting(ports, over, entry.component);
  const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
  const place = freePlace(board, { x: at.x - 86, y: at.y - 28 }, { width: 172, height: 56 });
  select(view, [addNode(document, entry, { ...place, lane: laneAt(bandsOf(board), at.y) })]);
}
