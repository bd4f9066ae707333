import type { Design } from '#shared/contract/design.ts';
import type { Lane } from '#shared/contract/kinds.ts';
import { change, type DocumentStore } from './document.ts';
import { freshIds } from './ids.ts';
import type { Point } from './commands.ts';
import { joinFrames, membersOf } from './frames.ts';

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A node set down somewhere: where, and in which lane. */
export interface Placing extends Point {
  readonly lane?: Lane;
}

/** These places, and those of what goes along with the frames among them. */
function withMembers(board: Design['board'], places: ReadonlyMap<string, Placing>): ReadonlyMap<string, Placing> {
  const all = new Map(places);
  for (const frame of board.frames ?? []) {
    const to = places.get(frame.id);
    if (to === undefined) continue;
    for (const part of membersOf(board, frame.id))
      if (!all.has(part.id)) all.set(part.id, { x: part.x + to.x - frame.x, y: part.y + to.y - frame.y });
  }
  return all;
}

/** Puts nodes, frames and notes where they were dragged, nudged, aligned or laid out to; members go with their frames. */
export function place(
  document: DocumentStore,
  label: string,
  places: ReadonlyMap<string, Placing>,
  merge: string | null = null,
): void {
  const all = withMembers(document.getState().design.board, places);
  change(
    document,
    label,
    (draft) => {
      for (const part of [...draft.board.nodes, ...(draft.board.frames ?? []), ...(draft.board.notes ?? [])]) {
        const to = all.get(part.id);
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

/** Takes frames off the board and leaves what is in them where it is. */
export function ungroup(document: DocumentStore, ids: ReadonlySet<string>): void {
  change(document, 'Ungroup', (draft) => {
    draft.board.frames = draft.board.frames?.filter((frame) => !ids.has(frame.id));
    for (const node of draft.board.nodes) if (node.frame !== undefined && ids.has(node.frame)) delete node.frame;
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
  change(
    document,
    'Rename frame',
    (draft) => {
      const frame = draft.board.frames?.find((one) => one.id === id);
      if (frame !== undefined) frame.title = title;
    },
    `frame-title:${id}`,
  );
}

/** Keeps nodes where they are when the board is tidied; lets them go where all of them are kept already. */
export function togglePins(document: DocumentStore, ids: readonly string[]): void {
  const chosen = new Set(ids);
  const nodes = document.getState().design.board.nodes.filter((node) => chosen.has(node.id));
  const free = nodes.length > 0 && nodes.every((node) => node.pinned === true);
  change(document, free ? 'Unpin' : 'Pin', (draft) => {
    for (const node of draft.board.nodes) {
      if (!chosen.has(node.id)) continue;
      if (free) delete node.pinned;
      else node.pinned = true;
    }
  });
}

/** The size of a note that nobody has drawn larger or smaller yet. */
export const newNote = { width: 200, height: 96 } as const;

export function addNote(document: DocumentStore, at: Point): string {
  const [id] = freshIds(document.getState().design, ['note']);
  change(document, 'Add note', (draft) => {
    draft.board.notes = [
      ...(draft.board.notes ?? []),
      { id, text: [], x: Math.round(at.x), y: Math.round(at.y), ...newNote },
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
