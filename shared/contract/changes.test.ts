import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designChangeSchema, type DesignChange } from './change-schema.ts';
import { applyChanges, differenceOf } from './changes.ts';
import type { Design } from './design.ts';

const base: Design = {
  format: 'runboard',
  version: 1,
  title: 'T',
  seed: 1,
  board: {
    nodes: [1, 2, 3, 4].map((at) => ({
      id: `n${at}`,
      kind: 'retrieve',
      title: `N${at}`,
      x: at,
      y: 0,
      notes: ['a', 'b'],
    })),
    edges: [{ id: 'e', from: 'n1', to: 'n2' }],
  },
};

/** As it is after a line: JSON text and back. */
const sent = (changes: DesignChange[]): DesignChange[] =>
  designChangeSchema.array().parse(JSON.parse(JSON.stringify(changes)));

describe('changes of a design', () => {
  it('are as long as what changed', () => {
    const moved: Design = {
      ...base,
      board: { ...base.board, nodes: base.board.nodes.with(2, { ...base.board.nodes[2], x: 99 }) },
    };
    expect(differenceOf(base, moved)).toEqual([{ op: 'set', path: ['board', 'nodes', 2, 'x'], value: 99 }]);
    const shorter: Design = { ...base, board: { ...base.board, nodes: base.board.nodes.toSpliced(1, 1) } };
    expect(differenceOf(base, shorter)).toEqual([
      { op: 'splice', path: ['board', 'nodes'], at: 1, remove: 1, insert: [] },
    ]);
    const { notes: _, ...bare } = base.board.nodes[0];
    const without: Design = { ...base, board: { ...base.board, nodes: base.board.nodes.with(0, bare) } };
    expect(differenceOf(base, without)).toEqual([{ op: 'remove', path: ['board', 'nodes', 0, 'notes'] }]);
    expect(differenceOf(base, base)).toEqual([]);
  });

  it('make one design out of another, whatever both are', () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    const safe = (one: unknown): boolean => !/"(__proto__|constructor|prototype|)":/.test(JSON.stringify(one));
    fc.assert(
      fc.property(value, value, (a, b) => {
        fc.pre(safe(a) && safe(b));
        const [before, after] = [
          { ...base, more: a },
          { ...base, more: b, summary: ['x'] },
        ];
        expect(JSON.parse(JSON.stringify(applyChanges(before, sent(differenceOf(before, after)))))).toEqual(
          JSON.parse(JSON.stringify(after)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('leave the design before as it was', () => {
    const before = structuredClone(base);
    applyChanges(base, [
      { op: 'set', path: ['board', 'nodes', 0, 'title'], value: 'changed' },
      { op: 'splice', path: ['board', 'edges'], at: 0, remove: 1, insert: [] },
    ]);
    expect(base).toEqual(before);
  });

  it.each<DesignChange>([
    { op: 'set', path: ['board', 'nodes', 9, 'x'], value: 1 },
    { op: 'set', path: ['board', 'nodes', 'x'], value: 1 },
    { op: 'set', path: ['title', 'deeper'], value: 1 },
    { op: 'set', path: ['__proto__', 'polluted'], value: 1 },
    { op: 'set', path: ['constructor', 'prototype', 'polluted'], value: 1 },
    // A file with such a key would not open again.
    { op: 'set', path: ['__proto__'], value: 1 },
    { op: 'set', path: ['board', 'constructor'], value: {} },
    { op: 'remove', path: ['board', 'nodes', 0] },
    { op: 'splice', path: ['board', 'nodes'], at: 3, remove: 2, insert: [] },
    { op: 'splice', path: ['title'], at: 0, remove: 0, insert: ['x'] },
  ])('that do not fit are refused: $op $path', (change) => {
    expect(() => applyChanges(base, [change])).toThrow(/does not fit/);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
