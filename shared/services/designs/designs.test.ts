import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComponentSpec } from '../../contract/component.ts';
import type { Design } from '../../contract/design.ts';
import { RunboardError } from '../../contract/failure.ts';
import { migrate } from './migrations.ts';
import { mendingFault, readDesign, runFault } from './read.ts';
import { nearest } from './repair.ts';
import { writeDesign } from './write.ts';

const spec: ComponentSpec = {
  id: 'ease',
  version: 2,
  stage: 'retrieval',
  kind: 'retrieve',
  title: 'EASE',
  summary: '',
  icon: 'box',
  inputs: {},
  outputs: {},
  params: { l2: { kind: 'number', title: 'L2', help: '', default: 250, minimum: 0, maximum: 1e6 } },
  references: [],
  cost: '',
  migrations: { 1: ({ lambda, ...rest }) => ({ ...rest, l2: lambda }) },
};
const specs = { ease: spec };

function design(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    format: 'runboard',
    version: 1,
    title: 'Videos',
    seed: 1,
    summary: ['first line', 'second line'],
    board: {
      nodes: [
        {
          id: 'b',
          kind: 'retrieve',
          title: 'B',
          x: 10,
          y: 20,
          binding: { component: 'ease', version: 2, params: { l2: 100 } },
        },
        { id: 'a', kind: 'gateway', title: 'A', x: 0, y: 0, futureField: { deep: [1, { two: null }] } },
      ],
      edges: [{ id: 'e', from: 'a', to: 'b' }],
    },
    ...changes,
  };
}

function withBoard(nodes: unknown[], edges: unknown[] = []): string {
  return JSON.stringify(design({ board: { nodes, edges } }));
}

function easeOfVersion(version: number, params: Record<string, number>): Design['board']['nodes'][number] {
  return { id: 'a', kind: 'retrieve', title: 'A', x: 0, y: 0, binding: { component: 'ease', version, params } };
}

function fault(text: string): RunboardError {
  try {
    readDesign(text, 'x.runboard', specs);
  } catch (thrown) {
    if (thrown instanceof RunboardError) return thrown;
    throw thrown;
  }
  throw new Error('was read');
}

const read = (text: string): Design => readDesign(text, 'x.runboard', specs).design;

describe('writing', () => {
  it('gives the same bytes for what was read, unknown fields included', () => {
    const text = writeDesign(read(JSON.stringify(design({ zFuture: { b: 1, a: ['x', 2] }, aFuture: null }))));
    expect(writeDesign(read(text))).toBe(text);
    expect(JSON.parse(text)).toEqual(design({ zFuture: { b: 1, a: ['x', 2] }, aFuture: null }));
  });

  it('keeps nodes in their order and sorts keys', () => {
    const text = writeDesign(read(JSON.stringify(design())));
    expect(text.indexOf('"id": "b"')).toBeLessThan(text.indexOf('"id": "a"'));
    expect(Object.keys(JSON.parse(text))).toEqual(['board', 'format', 'seed', 'summary', 'title', 'version']);
  });

  it('changes one line when one node moves', () => {
    const before = read(JSON.stringify(design()));
    const nodes = before.board.nodes.map((node) => (node.id === 'b' ? { ...node, x: 333.5, y: -7 } : node));
    const [old, moved] = [before, { ...before, board: { ...before.board, nodes } }].map((one) =>
      writeDesign(one).split('\n'),
    );
    expect(moved.length).toBe(old.length);
    expect(moved.filter((line, i) => line !== old[i])).toEqual(['        "x": 333.5, "y": -7']);
  });

  it('puts prose on lines of its own', () => {
    expect(writeDesign(read(JSON.stringify(design())))).toContain(
      '  "summary": [\n    "first line",\n    "second line"\n  ]',
    );
  });

  it('survives any JSON in unknown fields', () => {
    const hostile = new Set(['__proto__', 'constructor', 'prototype']);
    const json = fc
      .jsonValue({ maxDepth: 4 })
      .filter((value) => !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(
        fc.string().filter((key) => !hostile.has(key) && !Object.hasOwn(design(), key)),
        json,
        (key, value) => {
          const text = writeDesign(read(JSON.stringify(design({ [key]: value }))));
          expect(writeDesign(read(text))).toBe(text);
          expect((JSON.parse(text) as Record<string, unknown>)[key]).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('what is no design', () => {
  it.each([
    ['', /empty/],
    ['  \n ', /empty/],
    ['\uFEFF', /empty/],
    [JSON.stringify(design()).slice(0, 80), /cut short.*line 1/],
    [writeDesign(read(JSON.stringify(design()))).slice(0, 200), /cut short/],
    ['{"format": "runboard",, }', /not valid JSON at line 1, column 23/],
    ['{\n  "format": "runboard"\n  "version": 1\n}', /line 3, column 3/],
    ['user,item\n1,2\n', /not a design: it starts with "user,item/],
    ['[]', /holds a list/],
    ['{}', /"format" must be "runboard", is missing/],
    ['{"format": "drawio", "version": 1}', /is "drawio"/],
    ['{"format": "runboard", "version": "1"}', /"version" must be a whole number/],
  ])('%j', (text, message) => {
    const failure = fault(text);
    expect(failure.code).toBe('bad-input');
    expect(failure.message).toMatch(message);
    expect(failure.where).toBe('x.runboard');
  });

  it.each(['__proto__', 'constructor', 'prototype'])('holds the key %s anywhere', (key) => {
    const text = JSON.stringify(design()).replace('"futureField"', `"${key}"`);
    expect(fault(text).message).toMatch(`holds the key "${key}" at board.nodes.1.${key}`);
    expect((Object.prototype as Record<string, unknown>)['deep']).toBeUndefined();
  });

  it('nests too deeply', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(fault(JSON.stringify(design()).replace('"seed":1', `"seed":1,"deep":${deep}`)).message).toMatch(
      /deeper than 64/,
    );
  });
});

describe('schema faults name node and field', () => {
  it.each([
    [withBoard([{ id: 'a', kind: 'k', title: 'A', x: '12', y: 0 }]), 'x of node "a" must be a number, is "12"'],
    [withBoard([{ kind: 'k', title: 'A', x: 1, y: 0 }]), 'id of node number 1 must be a string, is missing'],
    [
      withBoard([{ id: 'a', kind: 'k', title: 'A', x: 1, y: 0, lane: 'cellar' }]),
      /lane of node "a" must be "actors" or .*is "cellar"/,
    ],
    [withBoard([], [{ id: 'e', from: 'a', to: 7 }]), 'to of edge "e" must be a string, is 7'],
    [JSON.stringify(design({ seed: -1 })), /seed.*-1/],
    [JSON.stringify(design({ board: 3 })), 'board must be an object, is 3'],
    [JSON.stringify(design({ title: 3, seed: 'x' })), /title must be a string, is 3 \(and 1 more fault\)/],
  ])('%#', (text, message) => {
    expect(fault(text).message).toMatch(message);
  });

  it('refuses infinite places', () => {
    expect(
      fault(withBoard([{ id: 'a', kind: 'k', title: 'A', x: 1, y: 0 }]).replace('"x":1', '"x":1e999')).message,
    ).toMatch(/x of node "a"/);
  });

  it('refuses too many nodes', () => {
    const nodes = Array.from({ length: 5001 }, (_, i) => ({ id: `n${i}`, kind: 'k', title: '', x: 0, y: 0 }));
    expect(fault(withBoard(nodes)).message).toMatch(/board.nodes is too long: at most 5000/);
  });
});

describe('repairs', () => {
  it('says nothing of a sound design', () => {
    expect(readDesign(JSON.stringify(design()), 'x', specs).repairs).toEqual([]);
  });

  it('keeps both of two nodes with one id, and loses no dangling edge', () => {
    const node = { id: 'a', kind: 'gateway', title: 'A', x: 0, y: 0 };
    const text = withBoard(
      [node, { ...node, title: 'B' }, { ...node, id: 'a-2' }],
      [
        { id: 'e', from: 'a', to: 'gone' },
        { id: 'f', from: 'a', to: 'a-2' },
      ],
    );
    const opened = readDesign(text, 'x', specs);
    expect(opened.design.board.nodes.map((one) => one.id)).toEqual(['a', 'a-3', 'a-2']);
    expect(opened.design.board.edges.map((edge) => edge.id)).toEqual(['f']);
    expect(opened.repairs.map((one) => one.code)).toEqual(['duplicate-id', 'edge-dangling']);
    const again = readDesign(writeDesign(opened.design), 'x', specs);
    expect(again.repairs).toEqual([]);
    expect(again.design.board['leftOut']).toEqual({ edges: [{ id: 'e', from: 'a', to: 'gone' }] });
    expect(mendingFault({ ...opened, path: 'x' })?.message).toBe('two nodes have the id "a"');
    expect(mendingFault({ ...again, path: 'x' })).toBeNull();
  });

  it('keeps unknown kinds and components as drawn, and suggests what was meant', () => {
    const text = withBoard([
      {
        id: 'a',
        kind: 'quantum.oracle',
        title: 'A',
        x: 0,
        y: 0,
        binding: { component: 'eaze', version: 1, params: {} },
      },
    ]);
    const { design: opened, repairs } = readDesign(text, 'x', specs);
    expect(repairs.map((one) => one.code)).toEqual(['unknown-kind', 'unknown-component']);
    expect(repairs[1].what).toMatch('did you mean "ease"?');
    expect(opened.board.nodes[0]).toEqual((JSON.parse(text) as Design).board.nodes[0]);
  });

  it('carries parameters of an older component over', () => {
    const text = withBoard([easeOfVersion(1, { lambda: 5 })]);
    const { design: opened, repairs } = readDesign(text, 'x', specs);
    expect(opened.board.nodes[0].binding).toEqual({ component: 'ease', version: 2, params: { l2: 5 } });
    expect(repairs[0].done).toBe('parameters carried over');
  });

  it('leaves the parameters of a newer component alone', () => {
    const text = withBoard([easeOfVersion(9, { new: 5 })]);
    const { design: opened, repairs } = readDesign(text, 'x', specs);
    expect(opened.board.nodes[0].binding).toEqual({ component: 'ease', version: 9, params: { new: 5 } });
    expect(repairs[0].what).toMatch('version 9');
  });
});

describe('versions', () => {
  it('opens a newer file read-only and says which version', () => {
    const opened = readDesign(JSON.stringify(design({ version: 7, createdBy: 'Runboard 3' })), 'x', specs);
    expect(opened.readOnly).toMatch(
      'made by Runboard 3 in version 7 of the file format; this Runboard reads up to version 1',
    );
    expect(runFault({ design: opened.design, path: null })?.code).toBe('newer-version');
  });

  it('lets a newer file run that asks for no newer reader', () => {
    const opened = readDesign(JSON.stringify(design({ version: 7, minimumReader: 1 })), 'x', specs);
    expect(opened.readOnly).not.toBeNull();
    expect(runFault({ design: opened.design, path: null })).toBeNull();
  });

  it('names the version of a newer file that it cannot read at all', () => {
    const failure = fault(JSON.stringify({ format: 'runboard', version: 12, pages: [] }));
    expect(failure.code).toBe('newer-version');
    expect(failure.message).toMatch('version 12');
  });

  it('takes an older file up step by step', () => {
    const steps = {
      1: (raw: Record<string, unknown>) => ({ ...raw, b: 1 }),
      2: (raw: Record<string, unknown>) => ({ ...raw, c: raw['b'] }),
    };
    expect(migrate({ version: 1, a: 0 }, 'x', steps, 3)).toEqual({ version: 3, a: 0, b: 1, c: 1 });
    expect(() => migrate({ version: 1 }, 'x', {}, 2)).toThrow(/no way from version 1/);
  });
});

it('finds the word that was meant', () => {
  expect(nearest('eaes', ['ease', 'ials', 'bpr'])).toBe('ease');
  expect(nearest('zzzzzz', ['ease', 'ials'])).toBeNull();
});
