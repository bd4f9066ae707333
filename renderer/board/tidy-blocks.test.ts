import { describe, expect, it } from 'vitest';
import type { Design } from '#shared/contract/design.ts';
import { drawn } from '../../test/support/small-design.ts';
import { sizeOf } from './node-size.ts';
import { blocksOf, stacked, type Point } from './tidy-blocks.ts';

type Board = Design['board'];

/** Columns as they follow each other in the list: what ELK would find for a chain. */
function tidied(board: Board): Map<string, Point> {
  const blocks = blocksOf(board);
  return stacked(board, blocks, new Map(blocks.map((block, at) => [block.id, { x: 240 * at, y: 0 }])));
}

const chain: Board['nodes'] = [
  drawn('a', 'gateway', { x: 700, y: 300 }),
  drawn('b', 'queue', { x: 40, y: 10 }),
  drawn('c', 'gateway', { x: 40, y: 12 }),
];

describe('tidying', () => {
  it('stands lanes under each other', () => {
    const places = tidied({ nodes: [...chain, drawn('d', 'monitor.model')], edges: [] });
    expect(places.get('d')?.y).toBeGreaterThan(Math.max(...['a', 'c'].map((id) => places.get(id)?.y ?? 0)));
  });

  it('leaves what is pinned where it is, and lays the rest around it', () => {
    const nodes = chain.map((node) => (node.id === 'a' ? { ...node, pinned: true } : node));
    const places = tidied({ nodes, edges: [] });
    expect(places.get('a')).toEqual({ x: 700, y: 300 });
    expect(places.get('b')?.x).toBe(940);
    expect(places.get('c')?.x).toBe(1_180);
  });

  it('sets nothing down on what is pinned', () => {
    const nodes = [
      drawn('a', 'gateway', { x: 0, y: 0, pinned: true }),
      drawn('b', 'gateway', { x: 240, y: 20, pinned: true }),
      drawn('c', 'gateway', { x: 480, y: 0 }),
      drawn('d', 'gateway', { x: 488, y: 0, pinned: true }),
    ];
    const places = tidied({ nodes, edges: [] });
    const boxes = nodes.map((node) => ({ ...sizeOf(node), ...(places.get(node.id) as Point) }));
    for (const [at, one] of boxes.entries())
      for (const other of boxes.slice(at + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(nodes.filter((_, index) => boxes[index] === one && nodes[index].pinned).length === 1 || apart).toBe(
          true,
        );
      }
    expect(places.get('c')?.y).toBeGreaterThan(40);
  });

  it('keeps a frame together as it is, and moves a note with the node it is at', () => {
    const board: Board = {
      nodes: [
        drawn('a', 'gateway', { x: 500, y: 500 }),
        drawn('b', 'gateway', { x: 20, y: 40, frame: 'frame' }),
        drawn('c', 'gateway', { x: 200, y: 90, frame: 'frame' }),
      ],
      edges: [],
      frames: [{ id: 'frame', title: 'Both', x: 0, y: 0, width: 400, height: 160 }],
      notes: [{ id: 'note', text: ['of a'], x: 500, y: 560 }],
    };
    const blocks = blocksOf(board);
    expect(blocks.map((block) => [block.id, [...block.nodes]])).toEqual([
      ['frame', ['b', 'c']],
      ['a', ['a']],
    ]);
    const places = tidied(board);
    const a = places.get('a') as Point;
    expect(places.get('note')).toEqual({ x: a.x, y: a.y + 60 });
    // Its members go with it when it is placed (store/frames.ts).
    expect(places.has('b')).toBe(false);
    expect(places.has('frame')).toBe(true);
  });
});
