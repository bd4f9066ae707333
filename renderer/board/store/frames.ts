import type { Design, Frame, Node, Note } from '#shared/contract/design.ts';
import { noteSize, sizeOf, type Size } from '../node-size.ts';

type Board = Design['board'];
type Placed = { readonly x: number; readonly y: number };

function middleIn(frame: Frame, { x, y }: Placed, { width, height }: Size): boolean {
  const [across, down] = [x + width / 2, y + height / 2];
  return across >= frame.x && across <= frame.x + frame.width && down >= frame.y && down <= frame.y + frame.height;
}

function liesIn(frame: Frame, outer: Frame): boolean {
  return (
    frame.id !== outer.id &&
    frame.x >= outer.x &&
    frame.y >= outer.y &&
    frame.x + frame.width <= outer.x + outer.width &&
    frame.y + frame.height <= outer.y + outer.height
  );
}

/** What goes where a frame goes: its nodes, the notes on it, and the frames inside it with theirs. */
export function membersOf(board: Board, id: string): readonly (Node | Note | Frame)[] {
  const frame = board.frames?.find((one) => one.id === id);
  if (frame === undefined) return [];
  const inner = (board.frames ?? []).filter((one) => liesIn(one, frame) && !liesIn(frame, one));
  const frames = new Set([id, ...inner.map((one) => one.id)]);
  return [
    ...board.nodes.filter((node) => node.frame !== undefined && frames.has(node.frame)),
    ...(board.notes ?? []).filter((note) => middleIn(frame, note, noteSize(note))),
    ...inner,
  ];
}

/** A node belongs to the frame that its middle lies in: the smallest, where frames lie in each other. */
export function joinFrames(board: Board): void {
  const frames = (board.frames ?? []).toSorted((a, b) => a.width * a.height - b.width * b.height);
  if (frames.length === 0) return;
  for (const node of board.nodes) {
    const frame = frames.find((one) => middleIn(one, node, sizeOf(node)));
    if (frame?.id === node.frame) continue;
    if (frame === undefined) delete node.frame;
    else node.frame = frame.id;
  }
}
