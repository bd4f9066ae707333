import { describe, expect, it } from 'vitest';
import { specs } from '#shared/components/specs.generated.ts';
import type { Design } from '#shared/contract/design.ts';
import { bound, drawn, wires } from '../../test/support/small-design.ts';
import { ablationsOf } from './ablations.ts';
import { compileBoard } from './compile.ts';

const board: Design['board'] = {
  nodes: [
    bound('source', 'source', {}, { kind: 'source.table' }),
    bound('filter', 'filter', {}, { kind: 'transform.batch' }),
    bound('split', 'split', {}, { kind: 'split.random' }),
    bound('popular', 'popularity'),
    bound('other', 'random'),
    bound('merge', 'merge'),
    bound('cap', 'category-cap', {}, { kind: 'rerank', title: 'Category cap' }),
    bound('aside', 'mmr', {}, { kind: 'rerank' }),
    bound('evaluate', 'evaluate-lists', {}, { kind: 'eval.offline', title: 'Final list' }),
    drawn('gateway', 'gateway'),
  ],
  edges: wires(
    'source>filter',
    'filter>split',
    'split>popular',
    'split>other',
    'popular>merge',
    'other>merge',
    'merge>gateway',
    'gateway>cap',
    'cap>evaluate',
    'merge>aside',
  ),
};

describe('leaving nodes out', () => {
  const found = new Map(ablationsOf(board, { specs }).map((one) => [one.node, one]));

  it('offers re-rankers, filters, and one of several retrievers; never evaluations or what is only drawn', () => {
    expect([...found.keys()]).toEqual(['source', 'filter', 'split', 'popular', 'other', 'merge', 'cap', 'aside']);
    for (const id of ['filter', 'popular', 'other', 'cap'])
      expect(found.get(id), id).toMatchObject({ refusal: null, measured: ['Final list'] });
  });

  it('says why a node cannot be left out', () => {
    expect(found.get('source')?.refusal).toMatch(/^without it, nothing is wired to/);
    expect(found.get('split')?.refusal).toMatch(/^without it, /);
    expect(found.get('aside')?.refusal).toBe('nothing that is measured depends on it');
    expect(found.get('merge')?.refusal).toBe('it joins several, of which only one could go on without it');
  });

  it('offers only what the engine then runs', () => {
    for (const { node, refusal } of found.values()) {
      const nodes = board.nodes.map((one) => (one.id === node ? { ...one, mode: 'bypass' as const } : one));
      const compiles = (): unknown => compileBoard({ ...board, nodes }, { specs });
      if (refusal === null) expect(compiles, node).not.toThrow();
    }
  });
});
