import type { Design } from '#shared/contract/design.ts';
import { noteSize, sizeOf, type Size } from './node-size.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

const room = 12;

/** The place nearest to `at`, going down and to the right, where nothing lies under what is set down. */
export function freePlace(board: Design['board'], at: Point, size: Size): Point {
  const taken = [
    ...board.nodes.map((node) => ({ ...sizeOf(node), x: node.x, y: node.y })),
    ...(board.notes ?? []).map((note) => ({ ...noteSize(note), x: note.x, y: note.y })),
  ];
  const under = ({ x, y }: Point): boolean =>
    taken.some(
      (one) =>
        x < one.x + one.width + room &&
        one.x < x + size.width + room &&
        y < one.y + one.height + room &&
        one.y < y + size.height + room,
    );
  const step = { x: size.width + 2 * room, y: 20 };
  for (let column = 0; column < 12; column++) {
    for (let row = 0; row < 24; row++) {
      const place = { x: at.x + column * step.x, y: at.y + row * step.y };
      if (!under(place)) return place;
    }
  }
  return at;
}
