import { describe, expect, it } from 'vitest';
import type { Node } from '#shared/contract/design.ts';
import type { Lane } from '#shared/contract/kinds.ts';
import { bandsOf, titleRows } from './lanes.ts';

function at(id: string, lane: Lane, y: number): Node {
  return { id, kind: 'gateway', title: id, lane, x: 0, y };
}

describe('the bands of the lanes', () => {
  it('meet half way where their nodes are near', () => {
    const [data, serve] = bandsOf({ nodes: [at('a', 'data', 0), at('b', 'serve', 146)], edges: [] });
    // A drawn node is 46 high: 100 lie between the two, the bands part 8 apart around their middle, at 96.
    expect([data.y, data.y + data.height]).toEqual([-30, 92]);
    expect([serve.y, serve.y + serve.height]).toEqual([100, 222]);
  });

  it('hold all of their own nodes where lanes lie among each other', () => {
    const nodes = [at('a', 'data', 0), at('b', 'serve', 200), at('c', 'data', 400)];
    for (const band of bandsOf({ nodes, edges: [] })) {
      for (const node of nodes.filter((one) => one.lane === band.lane)) {
        expect(band.y).toBeLessThan(node.y);
        expect(band.y + band.height).toBeGreaterThan(node.y + 46);
      }
    }
  });
});

describe('the titles of the lanes', () => {
  it('stand in the corners of their bands', () => {
    expect(titleRows(bandsOf({ nodes: [at('a', 'data', 0), at('b', 'serve', 146)], edges: [] }))).toEqual([
      { x: -28, y: -25, lanes: ['data'] },
      { x: -28, y: 105, lanes: ['serve'] },
    ]);
  });

  it('share a row where nodes of several lanes do', () => {
    const nodes = [at('a', 'data', 10), at('b', 'train', 0), at('c', 'serve', 25), at('d', 'monitor', 26)];
    expect(titleRows(bandsOf({ nodes, edges: [] }))).toEqual([
      { x: -28, y: -25, lanes: ['train', 'data', 'serve'] },
      { x: -28, y: 1, lanes: ['monitor'] },
    ]);
  });
});
