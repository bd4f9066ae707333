import type { Design } from '#shared/contract/design.ts';
import type { Lane } from '#shared/contract/kinds.ts';
import { change, type DocumentStore } from './document.ts';
import { freshIds } from './ids.ts';
import type { Point } from './commands.ts';

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A node set down somewhere: where, and in which lane. */
export interface Placing extends Point {
  readonly lane?: Lane;
}

/** Puts nodes, frames and notes where they were dragged, nudged, aligned or laid out to. */
export function place(
  document: DocumentStore,
  label: string,
  places: ReadonlyMap<string, Placing>,
  merge: string | null = null,
): void {
  change(
    document,
    label,
    (draft) => {
      for (const part of [...draft.board.nodes, ...(draft.board.frames ?? []), ...(draft.board.notes ?? [])]) {
        const to = places.get(part.id);
        if (to === undefined) continue;
        const [x, y] = [Math.round(to.x), Math.round(to.y)];
        if (part.x !== x) part.x = x;
        if (part.y !== y) part.y = y;
        if (to.lane !== undefined && 'kind' in part && part.lane !== to.lane) part.lane = to.lane;
      }
      joinFrames(draft.board);
    },
    merge,
  );
}

/** A node belongs to the frame that its centre lies in. */
function joinFrames(board: Design['board']): void {
  if (board.frames === undefined || board.frames.length === 0) return;
  for (const node of board.nodes) {
    const [x, y] = [node.x + (node.width ?? 172) / 2, node.y + (node.height ?? 54) / 2];
    const frame = board.frames.find(
      (one) => x >= one.x && x <= one.x + one.width && y >= one.y && y <= one.y + one.height,
    );
    if (frame?.id === node.frame) continue;
    if (frame === undefined) delete node.frame;
    else node.frame = frame.id;
  }
}

export function resize(document: DocumentStore, id: string, box: Box): void {
  change(document, 'Resize', (draft) => {
    const part = [...draft.board.nodes, ...(draft.board.frames ?? []), ...(draft.board.notes ?? [])].find(
      (one) => one.id === id,
    );
    if (part === undefined) return;
    Object.assign(part, {
      x: Math.round(box.x),
      y: Math.round(box.y),
      width: Math.round(box.width),
      height: Math.round(box.height),
    });
    joinFrames(draft.board);
  });
}

/** A titled group around a box. */
export function addFrame(document: DocumentStore, box: Box, title = 'Frame'): string {
  const [id] = freshIds(document.getState().design, ['frame']);
  change(document, 'Add frame', (draft) => {
    draft.board.frames = [
      ...(draft.board.frames ?? []),
      {
        id,
        title,
        x: Math.round(box.x),
        y: Math.round(box.y),
        width: Math.round(box.width),
        height: Math.round(box.height),
      },
    ];
    joinFrames(draft.board);
  });
  return id;
}

export function setFrameTitle(document: DocumentStore, id: string, title: string): void {
  change(document, 'Rename frame', (draft) => {
    const frame = draft.board.frames?.find((one) => one.id === id);
    if (frame !== undefined) frame.title = title;
  });
}

export function addNote(document: DocumentStore, at: Point): string {
  const [id] = freshIds(document.getState().design, ['note']);
  change(document, 'Add note', (draft) => {
    draft.board.notes = [
      ...(draft.board.notes ?? []),
      { id, text: [], x: Math.round(at.x), y: Math.round(at.y), width: 200, height: 96 },
    ];
  });
  return id;
}

export function setNoteText(document: DocumentStore, id: string, text: string): void {
  change(
    document,
    'Edit note',
    (draft) => {
      const note = draft.board.notes?.find((one) => one.id === id);
      if (note !== undefined) note.text = text.split('\n');
    },
    `note:${id}`,
  );
}
