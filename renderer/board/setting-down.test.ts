import { describe, expect, it } from 'vitest';
import { smallDesign } from '../../test/support/small-design.ts';
import { besideIn } from './clipboard.ts';
import { freePlace } from './free-place.ts';
import { judgeBinding } from './ports.ts';

const { board } = smallDesign();

describe('binding by drop', () => {
  it('takes a component that fits the wires of the node', () => {
    expect(judgeBinding(board, 'gateway', 'dedupe')).toBeNull();
    expect(judgeBinding(board, 'popular', 'ease')).toBeNull();
    expect(judgeBinding({ ...board, edges: [] }, 'cap', 'source')).toBeNull();
  });

  it('refuses one that does not, and says what it takes and gets', () => {
    expect(judgeBinding(board, 'cap', 'source')).toBe(
      'Data set takes nothing, but Gateway gives candidates to Category cap',
    );
    expect(judgeBinding(board, 'split', 'ease')).toBe('EASE takes split, but Events gives dataset to Split');
    expect(judgeBinding({ ...board, edges: board.edges.slice(1) }, 'split', 'source')).toBe(
      'Data set gives dataset, but Popular takes split from Split',
    );
  });
});

describe('setting down', () => {
  it('goes where nothing lies, as near as there is room', () => {
    const size = { width: 148, height: 46 };
    expect(freePlace(board, { x: 0, y: 800 }, size)).toEqual({ x: 0, y: 800 });
    const { x, y } = freePlace(board, { x: 510, y: 140 }, size);
    expect(x).toBe(510);
    expect(y).toBeGreaterThan(150 + 56);
  });

  it('pastes beside what was copied, each time further, and into sight where that is elsewhere', () => {
    const room = { x: 780, y: 150, width: 148, height: 46 };
    const seen = { x: 0, y: 0, width: 1_600, height: 900 };
    expect(besideIn(seen)(room, board)).toEqual({ x: 32, y: 32 });
    const pasted = { ...board, nodes: [...board.nodes, { ...board.nodes[3], id: 'again', x: 812, y: 182 }] };
    expect(besideIn(seen)(room, pasted)).toEqual({ x: 64, y: 64 });
    const by = besideIn({ x: 5_000, y: 5_000, width: 1_000, height: 600 })(room, board);
    expect({ x: room.x + by.x, y: room.y + by.y }).toEqual({ x: 5_426, y: 5_277 });
  });
});
