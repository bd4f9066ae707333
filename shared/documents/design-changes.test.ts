import { describe, expect, it } from 'vitest';
import type { Design } from '#shared/contract/design.ts';
import { smallDesign } from '../../test/support/small-design.ts';
import { changesInWords } from './design-changes.ts';

const base = smallDesign();

/** The base after a change to a copy of it. */
function after(change: (design: Design) => void): Design {
  const design = structuredClone(base);
  change(design);
  return design;
}

describe('changes in words', () => {
  it('are none where both say the same, whatever the order of keys', () => {
    expect(
      changesInWords(
        base,
        after(() => {}),
      ),
    ).toEqual([]);
    const { board, ...rest } = base;
    expect(changesInWords(base, { board, ...rest })).toEqual([]);
  });

  it.each<[string, (design: Design) => void, string[]]>([
    ['a title', (d) => (d.title = 'Large'), ['title: Small → Large']],
    ['a seed', (d) => (d.seed = 7), ['seed: 1 → 7']],
    ['data', (d) => (d.data = { path: 'a.db' }), ['data set: none → a.db']],
    ['a name', (d) => (d.board.nodes[2].title = 'Top'), ['renamed: Popular → Top']],
    ['a parameter', (d) => (d.board.nodes[2].binding!.params['keep'] = 100), ['Popular: keep 50 → 100']],
    ['a parameter left out', (d) => delete d.board.nodes[2].binding!.params['keep'], ['Popular: keep 50 → default']],
    ['a binding', (d) => delete d.board.nodes[2].binding, ['Popular: popularity → drawn only']],
    ['a mode', (d) => (d.board.nodes[4].mode = 'bypass'), ['Category cap: on → bypass']],
    ['a place', (d) => (d.board.nodes[4].x += 10), ['moved: Category cap']],
    ['a note', (d) => (d.board.nodes[3].notes = ['p50']), ['Gateway: notes changed']],
    ['a wire', (d) => d.board.edges.pop(), ['unwired: Category cap → Final list']],
    ['a section', (d) => (d.writeUp = { sections: [{ id: 'S1', title: 'Goal', body: [] }] }), ['section added: Goal']],
  ])('tell %s', (_, change, words) => {
    expect(changesInWords(base, after(change))).toEqual(words);
  });

  it('tell a removed node with its wires, and are the other way round where the designs are', () => {
    const without = after((design) => {
      design.board.nodes.splice(3, 1);
      design.board.edges.splice(2, 2);
    });
    expect(changesInWords(base, without)).toEqual([
      'node removed: Gateway',
      'unwired: Popular → Gateway',
      'unwired: Gateway → Category cap',
    ]);
    expect(changesInWords(without, base)).toEqual([
      'node added: Gateway',
      'wired: Popular → Gateway',
      'wired: Gateway → Category cap',
    ]);
  });

  it('are not endless', () => {
    const many = after((design) => {
      for (let i = 0; i < 500; i++)
        design.board.nodes.push({ id: `x${i}`, kind: 'gateway', title: `X${i}`, x: 0, y: 0 });
    });
    const words = changesInWords(base, many);
    expect(words).toHaveLength(13);
    expect(words.at(-1)).toBe('and 488 more like these');
  });
});
