import type { Design } from '#shared/contract/design.ts';
import { lanes, type Lane } from '#shared/contract/kinds.ts';
import { laneOf } from '#renderer/client/catalogue.ts';
import { noteSize, sizeOf } from './node-size.ts';
import { membersOf } from './store/frames.ts';

type Board = Design['board'];

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is laid out as one: a node, or a frame with all that is in it. */
export interface Block extends Point {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly lane: Lane;
  /** Whether it stays where it is. */
  readonly pinned: boolean;
  readonly nodes: ReadonlySet<string>;
}

const room = { row: 26, lane: 84 } as const;

function overlaps(a: Block, at: Point, b: Block): boolean {
  return (
    at.x < b.x + b.width + room.row &&
    b.x < at.x + a.width + room.row &&
    at.y < b.y + b.height + room.row &&
    b.y < at.y + a.height + room.row
  );
}

/** The blocks of a board: frames that lie in no other, and the nodes in none. */
export function blocksOf(board: Board): readonly Block[] {
  const frames = (board.frames ?? []).map((frame) => ({ frame, members: membersOf(board, frame.id) }));
  const inner = new Set(frames.flatMap(({ members }) => members.map((part) => part.id)));
  const known = new Map(board.nodes.map((node) => [node.id, node]));
  const framed = frames
    .filter(({ frame, members }) => !inner.has(frame.id) && members.some((part) => known.has(part.id)))
    .map(({ frame, members }): Block => {
      const nodes = members.flatMap((part) => known.get(part.id) ?? []);
      return {
        id: frame.id,
        x: frame.x,
        y: frame.y,
        width: frame.width,
        height: frame.height,
        lane: laneOf(nodes[0]),
        pinned: nodes.some((node) => node.pinned === true),
        nodes: new Set(nodes.map((node) => node.id)),
      };
    });
  const taken = new Set(framed.flatMap((block) => [...block.nodes]));
  const single = board.nodes
    .filter((node) => !taken.has(node.id))
    .map((node): Block => ({
      id: node.id,
      x: node.x,
      y: node.y,
      ...sizeOf(node),
      lane: laneOf(node),
      pinned: node.pinned === true,
      nodes: new Set([node.id]),
    }));
  return [...framed, ...single];
}

/** Blocks in lanes from top to bottom, each column of a lane one under the other, in the middle of it. */
function inLanes(blocks: readonly Block[], found: ReadonlyMap<string, Point>): Map<string, Point> {
  const places = new Map<string, Point>();
  const placeOf = (block: Block): Point => found.get(block.id) ?? { x: 0, y: 0 };
  const heightOf = (column: readonly Block[]): number =>
    column.reduce((sum, block) => sum + block.height + room.row, -room.row);
  let top = 0;
  for (const lane of lanes) {
    const own = blocks.filter((block) => block.lane === lane);
    if (own.length === 0) continue;
    const columns = new Map<number, Block[]>();
    for (const block of own) {
      const column = Math.round((placeOf(block).x + block.width / 2) / 80);
      columns.set(column, [...(columns.get(column) ?? []), block]);
    }
    const tallest = Math.max(...[...columns.values()].map(heightOf));
    for (const column of columns.values()) {
      let y = top + (tallest - heightOf(column)) / 2;
      for (const block of column.toSorted((a, b) => placeOf(a).y - placeOf(b).y)) {
        places.set(block.id, { x: placeOf(block).x, y });
        y += block.height + room.row;
      }
    }
    top += tallest + room.lane;
  }
  return places;
}

/** Moves all places so that what is pinned is, taken together, where it was; what would lie on a pinned block goes below it. */
function aroundPinned(blocks: readonly Block[], places: Map<string, Point>): Map<string, Point> {
  const pinned = blocks.filter((block) => block.pinned);
  if (pinned.length === 0) return places;
  const mean = (of: (block: Block) => number): number =>
    Math.round(pinned.reduce((sum, block) => sum + of(block), 0) / pinned.length);
  const by = {
    x: mean((block) => block.x - (places.get(block.id)?.x ?? 0)),
    y: mean((block) => block.y - (places.get(block.id)?.y ?? 0)),
  };
  const set: Block[] = [...pinned];
  const free = blocks
    .filter((block) => !block.pinned)
    .toSorted((a, b) => (places.get(a.id)?.y ?? 0) - (places.get(b.id)?.y ?? 0));
  const moved = new Map<string, Point>(pinned.map((block) => [block.id, { x: block.x, y: block.y }]));
  for (const block of free) {
    const from = places.get(block.id) ?? { x: 0, y: 0 };
    let at = { x: from.x + by.x, y: from.y + by.y };
    for (let under = set.find((one) => overlaps(block, at, one)); under !== undefined;) {
      at = { x: at.x, y: under.y + under.height + room.row };
      under = set.find((one) => overlaps(block, at, one));
    }
    moved.set(block.id, at);
    set.push({ ...block, ...at });
  }
  return moved;
}

/** Notes on the board itself go where the block nearest to them goes. */
function withNotes(board: Board, blocks: readonly Block[], places: Map<string, Point>): Map<string, Point> {
  const framed = new Set((board.frames ?? []).flatMap((frame) => membersOf(board, frame.id).map((part) => part.id)));
  const all = new Map(places);
  for (const note of board.notes ?? []) {
    if (framed.has(note.id)) continue;
    const size = noteSize(note);
    const away = (block: Block): number =>
      Math.hypot(
        block.x + block.width / 2 - note.x - size.width / 2,
        block.y + block.height / 2 - note.y - size.height / 2,
      );
    const nearest = blocks.toSorted((a, b) => away(a) - away(b))[0];
    const to = nearest === undefined ? undefined : places.get(nearest.id);
    if (nearest !== undefined && to !== undefined)
      all.set(note.id, { x: note.x + to.x - nearest.x, y: note.y + to.y - nearest.y });
  }
  return all;
}

/** The places of nodes, frames and notes, from the columns and the order that were found for the blocks. */
export function stacked(board: Board, blocks: readonly Block[], found: ReadonlyMap<string, Point>): Map<string, Point> {
  return withNotes(board, blocks, aroundPinned(blocks, inLanes(blocks, found)));
}
