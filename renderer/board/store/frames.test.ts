import { describe, expect, it } from 'vitest';
import type { Design } from '#shared/contract/design.ts';
import { drawn, smallDesign } from '../../../test/support/small-design.ts';
import { copyParts } from './clipboard.ts';
import { createDocument, undo, type DocumentStore } from './document.ts';
import { membersOf } from './frames.ts';
import { place, ungroup } from './layout-commands.ts';

/** Two frames, the smaller in the larger, with a node and a note in each; a node outside. */
function framed(): Design {
  return smallDesign({
    board: {
      nodes: [
        drawn('a', 'gateway', { x: 20, y: 40, frame: 'outer' }),
        drawn('b', 'queue', { x: 320, y: 60, frame: 'inner' }),
        drawn('c', 'cache', { x: 900, y: 0 }),
      ],
      edges: [],
      frames: [
        { id: 'outer', title: 'Outer', x: 0, y: 0, width: 600, height: 400 },
        { id: 'inner', title: 'Inner', x: 300, y: 20, width: 280, height: 300 },
      ],
      notes: [
        { id: 'remark', text: ['in the inner one'], x: 320, y: 160 },
        { id: 'aside', text: ['outside'], x: 900, y: 200 },
      ],
    },
  });
}

function open(): DocumentStore {
  return createDocument({ path: null, design: framed(), repairs: [], readOnly: null, digest: null });
}

const ids = (parts: readonly { readonly id: string }[]): string[] => parts.map((part) => part.id);

describe('frames', () => {
  it('have as members their nodes, the notes on them and the frames inside them with theirs', () => {
    const { board } = framed();
    expect(ids(membersOf(board, 'outer'))).toEqual(['a', 'b', 'remark', 'inner']);
    expect(ids(membersOf(board, 'inner'))).toEqual(['b', 'remark']);
    expect(membersOf(board, 'nobody')).toEqual([]);
  });

  it('take their members along however they are moved, and each node stays in the smallest around it', () => {
    const document = open();
    place(document, 'Nudge', new Map([['outer', { x: 0, y: 1_000 }]]));
    const { nodes, frames = [], notes = [] } = document.getState().design.board;
    expect(nodes.map((node) => [node.y, node.frame])).toEqual([
      [1_040, 'outer'],
      [1_060, 'inner'],
      [0, undefined],
    ]);
    expect(frames.map((frame) => frame.y)).toEqual([1_000, 1_020]);
    expect(notes.map((note) => note.y)).toEqual([1_160, 200]);
    undo(document);
    expect(document.getState().design).toEqual(framed());
  });

  it('are taken away from around what is in them', () => {
    const document = open();
    ungroup(document, new Set(['inner']));
    const { nodes, frames = [] } = document.getState().design.board;
    expect(ids(frames)).toEqual(['outer']);
    expect(nodes.map((node) => node.frame)).toEqual(['outer', 'outer', undefined]);
    undo(document);
    expect(document.getState().design).toEqual(framed());
  });

  it('are copied with all that is in them', () => {
    const sheet = copyParts(framed(), ['outer']);
    expect([ids(sheet.nodes), ids(sheet.frames), ids(sheet.notes)]).toEqual([
      ['a', 'b'],
      ['outer', 'inner'],
      ['remark'],
    ]);
  });
});
