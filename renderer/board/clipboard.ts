import type { Design } from '#shared/contract/design.ts';
import type { MenuItem } from '#renderer/ui/menu.tsx';
import type { BoardPorts } from './board-context.ts';
import type { Flow } from './board-hands.ts';
import { noteSize, sizeOf } from './node-size.ts';
import { copyParts, pasteParts } from './store/clipboard.ts';
import { removeParts, type Point } from './store/commands.ts';
import type { Box } from './store/layout-commands.ts';
import type { Sheet } from './store/read-sheet.ts';
import { select } from './view.ts';

let lastCopied: Sheet | null = null;

/** What is selected, as text for the clipboard; null where nothing is. */
export function copySelection(ports: BoardPorts): string | null {
  const { selected } = ports.view.getState();
  if (selected.length === 0) return null;
  lastCopied = copyParts(ports.document.getState().design, selected);
  return JSON.stringify(lastCopied);
}

/** What is selected, as text for the clipboard, taken off the board. */
export function cutSelection(ports: BoardPorts): string | null {
  const text = copySelection(ports);
  const { nodes = [], frames = [], notes = [] } = (text === null ? null : lastCopied) ?? {};
  removeParts(
    ports.document,
    [...nodes, ...frames, ...notes].map((part) => part.id),
    { label: 'Cut' },
  );
  return text;
}

/** What was copied; what checks it is loaded with the first paste. */
async function sheetIn(text: string): Promise<Sheet | null> {
  const { readSheet } = await import('./store/read-sheet.ts');
  return readSheet(text);
}

/** Sets down what the clipboard holds, moved by what `where` says of the room it takes. */
export async function pasteText(
  ports: BoardPorts,
  text: string | null,
  where: (room: Box, board: Design['board']) => Point,
): Promise<void> {
  const sheet = text === null ? lastCopied : await sheetIn(text);
  if (sheet === null) return ports.onSay('The clipboard holds no parts of a board.');
  const by = where(roomOf(sheet), ports.document.getState().design.board);
  select(ports.view, pasteParts(ports.document, sheet, by));
}

function roomOf({ nodes, frames, notes }: Sheet): Box {
  const boxes: readonly Box[] = [
    ...nodes.map((node) => ({ ...sizeOf(node), x: node.x, y: node.y })),
    ...notes.map((note) => ({ ...noteSize(note), x: note.x, y: note.y })),
    ...frames,
  ];
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** Beside what was copied, each time further; in the middle of what is seen, where that would be out of sight. */
export function besideIn(view: Box): (room: Box, board: Design['board']) => Point {
  return (room, board) => {
    const corners = new Set(
      [...board.nodes, ...(board.frames ?? []), ...(board.notes ?? [])].map((part) => `${part.x} ${part.y}`),
    );
    let by = { x: 32, y: 32 };
    const inSight =
      room.x + room.width / 2 + by.x > view.x &&
      room.x + room.width / 2 + by.x < view.x + view.width &&
      room.y + room.height / 2 + by.y > view.y &&
      room.y + room.height / 2 + by.y < view.y + view.height;
    if (!inSight)
      by = {
        x: Math.round(view.x + (view.width - room.width) / 2 - room.x),
        y: Math.round(view.y + (view.height - room.height) / 2 - room.y),
      };
    while (corners.has(`${room.x + by.x} ${room.y + by.y}`)) by = { x: by.x + 32, y: by.y + 32 };
    return by;
  };
}

/** What is seen of the board. */
export function seenOf(flow: Flow, board: HTMLElement | null): Box {
  const { left = 0, top = 0, width = 0, height = 0 } = board?.getBoundingClientRect() ?? {};
  const from = flow.screenToFlowPosition({ x: left, y: top }, { snapToGrid: false });
  const zoom = flow.getZoom();
  return { ...from, width: width / zoom, height: height / zoom };
}

function toClipboard(text: string | null): void {
  if (text !== null) void navigator.clipboard?.writeText(text).catch(() => {});
}

/** Cut, copy and paste as a menu offers them: pasted is where the menu was opened. */
export function clipboardItems(ports: BoardPorts, at: Point): readonly MenuItem[] {
  const some = ports.view.getState().selected.length > 0;
  const changing = ports.document.getState().readOnly === null;
  const paste = async (): Promise<void> => {
    const text = lastCopied === null ? await navigator.clipboard?.readText().catch(() => '') : null;
    await pasteText(ports, text, (room) => ({ x: Math.round(at.x - room.x), y: Math.round(at.y - room.y) }));
  };
  return [
    ...(some && changing
      ? [{ title: 'Cut', icon: 'scissors' as const, keys: 'Ctrl+X', run: () => toClipboard(cutSelection(ports)) }]
      : []),
    ...(some
      ? [{ title: 'Copy', icon: 'copy' as const, keys: 'Ctrl+C', run: () => toClipboard(copySelection(ports)) }]
      : []),
    ...(changing
      ? [{ title: 'Paste here', icon: 'clipboard-paste' as const, keys: 'Ctrl+V', run: () => void paste() }]
      : []),
  ];
}
