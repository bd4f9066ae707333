import type { Draft } from 'immer';
import type { Design } from '#shared/contract/design.ts';
import { change, type DocumentStore } from './document.ts';
import { joinFrames, membersOf } from './frames.ts';
import { freshIds } from './ids.ts';
import type { Point } from './commands.ts';
import type { Sheet } from './read-sheet.ts';

export function copyParts(design: Design, ids: readonly string[]): Sheet {
  const chosen = new Set([...ids, ...ids.flatMap((id) => membersOf(design.board, id).map((part) => part.id))]);
  const nodes = design.board.nodes.filter((node) => chosen.has(node.id));
  const inside = new Set(nodes.map((node) => node.id));
  return {
    runboard: 'parts',
    nodes,
    edges: design.board.edges.filter((edge) => inside.has(edge.from) && inside.has(edge.to)),
    frames: (design.board.frames ?? []).filter((frame) => chosen.has(frame.id)),
    notes: (design.board.notes ?? []).filter((note) => chosen.has(note.id)),
  };
}

function renamed<T extends { id: string; x?: number; y?: number }>(
  parts: readonly T[],
  names: ReadonlyMap<string, string>,
  by: Point,
): T[] {
  return parts.map((part) => ({
    ...part,
    id: names.get(part.id) ?? part.id,
    x: (part.x ?? 0) + by.x,
    y: (part.y ?? 0) + by.y,
  }));
}

/** Sets copied parts down, moved by an offset, under fresh ids, which are returned. */
export function pasteParts(document: DocumentStore, sheet: Sheet, by: Point, label = 'Paste'): readonly string[] {
  const all = [...sheet.nodes, ...sheet.frames, ...sheet.notes, ...sheet.edges];
  const fresh = freshIds(
    document.getState().design,
    all.map((part) => part.id),
  );
  const names = new Map(all.map((part, index) => [part.id, fresh[index]]));
  change(document, label, (draft: Draft<Design>) => {
    for (const node of renamed(sheet.nodes, names, by))
      draft.board.nodes.push({ ...node, frame: node.frame === undefined ? undefined : names.get(node.frame) });
    for (const edge of sheet.edges) {
      draft.board.edges.push({
        ...edge,
        id: names.get(edge.id) ?? edge.id,
        from: names.get(edge.from) ?? edge.from,
        to: names.get(edge.to) ?? edge.to,
      });
    }
    if (sheet.frames.length > 0)
      draft.board.frames = [...(draft.board.frames ?? []), ...renamed(sheet.frames, names, by)];
    if (sheet.notes.length > 0) draft.board.notes = [...(draft.board.notes ?? []), ...renamed(sheet.notes, names, by)];
    joinFrames(draft.board);
  });
  return [...sheet.nodes, ...sheet.frames, ...sheet.notes].map((part) => names.get(part.id) as string);
}
