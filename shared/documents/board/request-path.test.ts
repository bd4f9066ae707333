import { describe, expect, it } from 'vitest';
import type { Design, Node } from '#shared/contract/design.ts';
import { requestPath } from './request-path.ts';

const stages = ['ials', 'dcn-v2', 'mmr', 'split', undefined, undefined, undefined] as const;

/** Numbers from 0 to 1 that are the same every time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

function board(nodes: number, edges: number, seed: number): Design {
  const next = numbers(seed);
  const one = (): number => Math.floor(next() * nodes);
  return {
    format: 'runboard',
    version: 1,
    title: 'any',
    seed: 1,
    board: {
      nodes: Array.from({ length: nodes }, (_, at): Node => {
        const component = stages[Math.floor(next() * stages.length)];
        const kind = next() < 0.2 ? 'list' : 'gateway';
        const node: Node = { id: `n${at}`, kind, title: '', x: 0, y: 0 };
        return component === undefined ? node : { ...node, binding: { component, version: 1, params: {} } };
      }),
      edges: Array.from({ length: edges }, (_, at) => ({ id: `e${at}`, from: `n${one()}`, to: `n${one()}` })),
    },
  };
}

/** By walking every way that there is: from what serves, through what is drawn, to what serves or to a list. */
function byEveryWay({ board: { nodes, edges } }: Design): Set<string> {
  const nodeOf = (id: string): Node | undefined => nodes.find((node) => node.id === id);
  const serves = (id: string): boolean => ['ials', 'dcn-v2', 'mmr'].includes(nodeOf(id)?.binding?.component ?? '');
  const leads = (id: string, way: 'from' | 'to', seen: readonly string[]): boolean => {
    if (serves(id)) return true;
    const node = nodeOf(id);
    if (node?.binding !== undefined || seen.includes(id)) return false;
    if (way === 'to' && node?.kind === 'list') return true;
    const here = way === 'from' ? 'to' : 'from';
    return edges.some((edge) => edge[here] === id && leads(edge[way], way, [...seen, id]));
  };
  return new Set(edges.filter((edge) => leads(edge.from, 'from', []) && leads(edge.to, 'to', [])).map(({ id }) => id));
}

describe('the way of a request', () => {
  it('is what walking every way finds', () => {
    let edges = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const design = board(8, 14, seed);
      expect(requestPath(design), `board ${seed}`).toEqual(byEveryWay(design));
      edges += requestPath(design).size;
    }
    expect(edges).toBeGreaterThan(60);
  });

  it('is found on a board on which there are more ways than anybody could walk', () => {
    expect(requestPath(board(400, 8_000, 1)).size).toBeGreaterThan(400);
  });
});
