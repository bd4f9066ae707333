import { describe, expect, it } from 'vitest';
import type { Design } from '#shared/contract/design.ts';
import { smallDesign } from '../../test/support/small-design.ts';
import { keptByPart } from './shown-parts.ts';

type Board = Design['board'];

describe('what is shown of a part', () => {
  let finds = 0;
  const titleOf = keptByPart(
    (index, id) => {
      finds++;
      return { title: index.nodes.get(id)?.title ?? 'none' };
    },
    (a, b) => a.title === b.title,
  );
  const { board } = smallDesign();
  const [first, second] = board.nodes;
  const renamed: Board = {
    ...board,
    nodes: board.nodes.map((node) => (node === first ? { ...node, title: 'other' } : node)),
  };

  it('is found once for each state of the board', () => {
    expect(titleOf(board, first.id)).toEqual({ title: first.title });
    expect(titleOf({ ...board }, first.id)).toBe(titleOf(board, first.id));
    expect(finds).toBe(1);
  });

  it('is the same object where it says the same, and another where it does not', () => {
    const [one, other] = [titleOf(board, first.id), titleOf(board, second.id)];
    expect(titleOf(renamed, second.id)).toBe(other);
    expect(titleOf(renamed, first.id)).not.toBe(one);
    expect(titleOf(renamed, first.id)).toEqual({ title: 'other' });
  });

  it('is known of a part that is not on the board', () => {
    expect(titleOf(board, 'gone')).toEqual({ title: 'none' });
  });
});
