import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '#shared/contract/design.ts';
import { paletteEntries } from '#renderer/client/catalogue.ts';
import { createBoardView } from '../create-view.ts';
import { select } from '../view.ts';
import { copyParts, pasteParts } from './clipboard.ts';
import { readSheet } from './read-sheet.ts';
import { addNode, bind, connect, reconnect, removeParts, setNode, setParam, toggleMode, unbind } from './commands.ts';
import { change, createDocument, isDirty, markSaved, redo, undo, type DocumentStore } from './document.ts';
import { addFrame, addNote, place, togglePins, ungroup } from './layout-commands.ts';

function emptyDesign(): Design {
  return { format: 'runboard', version: 1, title: 'Test', seed: 1, board: { nodes: [], edges: [] } };
}

function open(design: Design = emptyDesign()): DocumentStore {
  return createDocument({ path: null, design, repairs: [], readOnly: null, digest: null });
}

const entry = (id: string): (typeof paletteEntries)[number] => {
  const found = paletteEntries.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

/** One random step of somebody at work. */
const steps: readonly ((document: DocumentStore, a: number, b: number) => void)[] = [
  (document, a, b) => void addNode(document, paletteEntries[a % paletteEntries.length], { x: b, y: a }),
  (document, a) => removeParts(document, [nodeAt(document, a)], { healing: a % 2 === 0 }),
  (document, a, b) =>
    connect(document, {
      from: { node: nodeAt(document, a), port: 'out' },
      to: { node: nodeAt(document, b), port: 'in' },
    }),
  (document, a, b) => bind(document, nodeAt(document, a), ['ease', 'popularity', 'merge', 'mmr'][b % 4]),
  (document, a) => unbind(document, nodeAt(document, a)),
  (document, a, b) =>
    place(document, 'Move', new Map([[nodeAt(document, a), { x: b, y: -b, lane: 'monitor' as const }]])),
  (document, a) => toggleMode(document, [nodeAt(document, a)], 'off'),
  (document, a, b) => setNode(document, nodeAt(document, a), 'Rename', { title: `node ${b}` }, 'title'),
  (document, a) => void addFrame(document, { x: a, y: a, width: 300, height: 200 }),
  (document, a) => void addNote(document, { x: a, y: a }),
  (document, a) =>
    void pasteParts(document, copyParts(document.getState().design, [nodeAt(document, a)]), { x: 10, y: 10 }),
  (document, a) => togglePins(document, [nodeAt(document, a)]),
  (document) => ungroup(document, new Set((document.getState().design.board.frames ?? []).map((frame) => frame.id))),
  (document, a, b) => {
    const { edges } = document.getState().design.board;
    if (edges.length === 0) return;
    const wire = { from: { node: nodeAt(document, a), port: 'out' }, to: { node: nodeAt(document, b), port: 'in' } };
    reconnect(document, edges[a % edges.length].id, wire);
  },
];

function nodeAt(document: DocumentStore, at: number): string {
  const { nodes } = document.getState().design.board;
  return nodes.length === 0 ? 'nobody' : nodes[at % nodes.length].id;
}

describe('the command log', () => {
  it('undoes every sequence of commands to where it began, and redoes it to where it ended', () => {
    const step = fc.tuple(fc.nat(steps.length - 1), fc.nat(500), fc.nat(500));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (sequence) => {
        const document = open();
        const before = JSON.stringify(document.getState().design);
        for (const [which, a, b] of sequence) steps[which](document, a, b);
        const after = JSON.stringify(document.getState().design);
        while (undo(document) !== null);
        expect(JSON.stringify(document.getState().design)).toBe(before);
        while (redo(document) !== null);
        expect(JSON.stringify(document.getState().design)).toBe(after);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('never leaves an edge without both its nodes, nor two parts with one id', () => {
    const step = fc.tuple(fc.nat(steps.length - 1), fc.nat(500), fc.nat(500));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (sequence) => {
        const document = open();
        for (const [which, a, b] of sequence) {
          if (which === 2 && document.getState().design.board.nodes.length === 0) continue;
          steps[which](document, a, b);
        }
        const { nodes, edges, frames = [], notes = [] } = document.getState().design.board;
        const ids = [...nodes, ...edges, ...frames, ...notes].map((part) => part.id);
        expect(new Set(ids).size).toBe(ids.length);
        const known = new Set(nodes.map((node) => node.id));
        expect(edges.filter((edge) => !known.has(edge.from) || !known.has(edge.to))).toEqual([]);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it('takes typing as one step and knows what is in the file', () => {
    const document = open();
    const id = addNode(document, entry('component:ease'), { x: 0, y: 0 });
    markSaved(document, { path: 'a.runboard', digest: 'x', command: document.getState().done.at(-1) ?? null });
    expect(isDirty(document.getState())).toBe(false);
    for (const title of ['E', 'EA', 'EAS']) setNode(document, id, 'Rename', { title }, `title:${id}`);
    expect(document.getState().done).toHaveLength(2);
    expect(isDirty(document.getState())).toBe(true);
    undo(document);
    expect(isDirty(document.getState())).toBe(false);
    expect(document.getState().design.board.nodes[0].title).toBe('EASE');
  });

  it('writes nothing into the log where nothing changes', () => {
    const document = open();
    change(document, 'Nothing', () => {});
    expect(document.getState().done).toHaveLength(0);
  });
});

describe('binding', () => {
  it('keeps parameters of the same name and gives edges ports of the new component', () => {
    const document = open();
    const split = addNode(document, entry('component:split'), { x: 0, y: 0 });
    const drawn = addNode(document, entry('kind:retrieve'), { x: 200, y: 0 });
    connect(document, { from: { node: split, port: 'split' }, to: { node: drawn, port: 'in' } });
    bind(document, drawn, 'popularity');
    setParam(document, drawn, 'keep', 33);
    bind(document, drawn, 'ease');
    const node = document.getState().design.board.nodes[1];
    expect(node.binding?.params['keep']).toBe(33);
    expect(document.getState().design.board.edges[0].toPort).toBe('split');
    unbind(document, drawn);
    expect(document.getState().design.board.edges[0].toPort).toBeUndefined();
  });
});

describe('the clipboard', () => {
  it('carries nodes with the edges between them to another design, under fresh ids', () => {
    const document = open();
    const a = addNode(document, entry('component:source'), { x: 0, y: 0 });
    const b = addNode(document, entry('component:split'), { x: 200, y: 0 });
    connect(document, { from: { node: a, port: 'dataset' }, to: { node: b, port: 'dataset' } });
    const sheet = readSheet(JSON.stringify(copyParts(document.getState().design, [a, b])));
    if (sheet === null) throw new Error('what was copied cannot be read');
    const ids = pasteParts(document, sheet, { x: 32, y: 32 });
    const { nodes, edges } = document.getState().design.board;
    expect(nodes).toHaveLength(4);
    expect(edges[1]).toMatchObject({ from: ids[0], to: ids[1] });
    expect(readSheet('{"nodes":[]}')).toBeNull();
    expect(readSheet('hello')).toBeNull();
  });
});

describe('the projection', () => {
  it('keeps the identity of every node that did not change', () => {
    const document = open();
    const ids = ['component:source', 'component:split', 'component:ease'].map((id, at) =>
      addNode(document, entry(id), { x: 200 * at, y: 0 }),
    );
    const view = createBoardView(document);
    const before = view.getState().nodes;
    setParam(document, ids[2], 'keep', 12);
    expect(view.getState().nodes.map((node, at) => node === before[at])).toEqual([true, true, true]);
    place(document, 'Move', new Map([[ids[1], { x: 5, y: 5 }]]));
    expect(view.getState().nodes.map((node, at) => node === before[at])).toEqual([true, false, true]);
    select(view, [ids[0]]);
    expect(view.getState().nodes[2]).toBe(before[2]);
    expect(view.getState().selected).toEqual([ids[0]]);
    removeParts(document, [ids[0]]);
    expect(view.getState().selected).toEqual([]);
  });
});
