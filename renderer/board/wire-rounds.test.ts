import { describe, expect, it } from 'vitest';
import type { Design } from '#shared/contract/design.ts';
import { routeWires } from '#shared/documents/wires/route-wires.ts';
import type { WireRoute } from '#shared/documents/wires/wire.ts';
import { drawing } from '../../test/bench/board/drawings.ts';
import { changedRoutes, mergedRoutes } from './wire-rounds.ts';
import { routable } from './wires.ts';

type Board = Design['board'];

/** A board as it is edited: a node is moved there and back, one goes and comes again, a wire goes. */
function edits({ nodes, edges }: Board): Board[] {
  const moved = nodes.map((node, at) => (at === 21 ? { ...node, x: node.x + 90, y: node.y + 40 } : node));
  const without = nodes.filter(({ id }) => id !== 'n12');
  const kept = edges.filter(({ from, to }) => from !== 'n12' && to !== 'n12');
  return [
    { nodes, edges },
    { nodes: moved, edges },
    { nodes, edges },
    { nodes: without, edges: kept },
    { nodes, edges },
    { nodes, edges: edges.slice(3) },
  ];
}

describe('routing round by round', () => {
  const { board } = drawing(60, 90);

  it('comes to the routes of each state as if it were the first, and sends only what changed', () => {
    let routes: ReadonlyMap<string, WireRoute> = new Map();
    const sent = edits(board).map((state) => {
      const { boxes, wires } = routable(state);
      const found = structuredClone(changedRoutes({ board: 1, boxes, wires }));
      routes = mergedRoutes(routes, found, wires);
      expect([...routes]).toEqual([...routeWires(boxes, wires).routes]);
      return found.changed.length;
    });
    expect(sent[0]).toBe(board.edges.length);
    expect(Math.max(...sent.slice(1))).toBeLessThan(board.edges.length / 2);
  });

  it('sends all routes of a board whose last state it no longer has', () => {
    const { boxes, wires } = routable(board);
    for (let other = 10; other < 18; other++) changedRoutes({ board: other, boxes: [], wires: [] });
    expect(changedRoutes({ board: 1, boxes, wires }).changed.length).toBe(wires.length);
  });
});
