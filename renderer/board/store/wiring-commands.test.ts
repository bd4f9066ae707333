import { describe, expect, it } from 'vitest';
import type { Design, Edge } from '#shared/contract/design.ts';
import { smallDesign, wires } from '../../../test/support/small-design.ts';
import { reconnect, removeParts } from './commands.ts';
import { createDocument, undo, type DocumentStore } from './document.ts';

function open(design: Design = smallDesign()): DocumentStore {
  return createDocument({ path: null, design, repairs: [], readOnly: null, digest: null });
}

const joined = (document: DocumentStore): string[] =>
  document.getState().design.board.edges.map((edge) => `${edge.from}>${edge.to}`);

describe('deleting and joining the neighbours', () => {
  it('joins across several nodes in a row', () => {
    const document = open();
    removeParts(document, ['gateway', 'cap'], { healing: true });
    expect(joined(document)).toEqual(['source>split', 'split>popular', 'popular>evaluate']);
    undo(document);
    expect(document.getState().design).toEqual(smallDesign());
  });

  it('draws no wire that a hand could not draw: none of a wrong type, and none twice', () => {
    const document = open();
    removeParts(document, ['popular'], { healing: true });
    expect(joined(document)).toEqual(['source>split', 'gateway>cap', 'cap>evaluate', 'split>gateway']);
    removeParts(document, ['gateway'], { healing: true });
    expect(joined(document)).toEqual(['source>split', 'cap>evaluate']);

    const { board } = smallDesign();
    const shortcut = open(smallDesign({ board: { ...board, edges: [...board.edges, ...wires('popular>cap')] } }));
    removeParts(shortcut, ['gateway'], { healing: true });
    expect(joined(shortcut).filter((one) => one === 'popular>cap')).toHaveLength(1);
  });
});

describe('drawing the end of a wire to another port', () => {
  it('keeps what is said about the wire, and of its kind all but that it fed back', () => {
    const { board } = smallDesign();
    const said: Edge = { id: 'said', from: 'popular', to: 'gateway', kind: 'async', label: '200 items' };
    const document = open(smallDesign({ board: { ...board, edges: [said] } }));
    const before = document.getState().design;
    reconnect(document, 'said', { from: { node: 'popular', port: 'lists' }, to: { node: 'cap', port: 'lists' } });
    const [edge] = document.getState().design.board.edges;
    expect(edge).toMatchObject({ from: 'popular', to: 'cap', kind: 'async', label: '200 items' });
    undo(document);
    expect(document.getState().design).toEqual(before);

    const back = open(smallDesign({ board: { ...board, edges: [{ ...said, kind: 'feedback' }] } }));
    reconnect(back, 'said', { from: { node: 'popular', port: 'lists' }, to: { node: 'cap', port: 'lists' } });
    expect(back.getState().design.board.edges[0].kind).toBeUndefined();
  });
});
