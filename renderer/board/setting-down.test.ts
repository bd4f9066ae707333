import { afterEach, describe, expect, it, vi } from 'vitest';
import { smallDesign } from '../../test/support/small-design.ts';
import { besideIn } from './clipboard.ts';
import { createBoardView } from './create-view.ts';
import { freePlace } from './free-place.ts';
import { judgeBinding } from './ports.ts';
import { refuse } from './refusing.ts';
import { bindFitting } from './setting-down.ts';
import { createDocument } from './store/document.ts';

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

describe('a component that does not fit', () => {
  afterEach(() => void vi.useRealTimers());

  it('is not bound, and the reason stays a few seconds', () => {
    vi.useFakeTimers();
    const document = createDocument({ path: null, design: smallDesign(), repairs: [], readOnly: null, digest: null });
    const view = createBoardView(document);
    const before = document.getState().design;
    const reason = 'Data set takes nothing, but Gateway gives candidates to Category cap';
    bindFitting({ document, view }, 'cap', 'source');
    expect(document.getState().design).toBe(before);
    expect(view.getState().refusal).toBe(reason);
    vi.advanceTimersByTime(4_000);
    // Said again, as by a drag that lingers, it stays from then on.
    refuse(view, reason);
    vi.advanceTimersByTime(4_000);
    expect(view.getState().refusal).toBe(reason);
    vi.advanceTimersByTime(1_000);
    expect(view.getState().refusal).toBeNull();
  });

  it('leaves nothing to say once one that fits is bound', () => {
    const document = createDocument({ path: null, design: smallDesign(), repairs: [], readOnly: null, digest: null });
    const view = createBoardView(document);
    bindFitting({ document, view }, 'cap', 'source');
    bindFitting({ document, view }, 'cap', 'mmr');
    expect(view.getState().refusal).toBeNull();
    expect(document.getState().design.board.nodes.find(({ id }) => id === 'cap')?.binding?.component).toBe('mmr');
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
