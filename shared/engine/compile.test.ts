import { describe, expect, it } from 'vitest';
import type { Design, Edge, Node } from '#shared/contract/design.ts';
import { toySpec, toys } from '../../test/support/toy-components.ts';
import { compileBoard } from './compile.ts';

const { specs } = toys([]);

function node(id: string, component?: string, more: Partial<Node> = {}): Node {
  return {
    id,
    kind: 'toy',
    title: id,
    x: 0,
    y: 0,
    ...(component === undefined ? {} : { binding: { component, version: 1, params: {} } }),
    ...more,
  };
}

function edge(from: string, to: string, more: Partial<Edge> = {}): Edge {
  return { id: `${from}-${to}`, from, to, ...more };
}

function board(nodes: Node[], edges: Edge[]): Design['board'] {
  return { nodes, edges };
}

const order = (nodes: Node[], edges: Edge[]): string[] =>
  compileBoard(board(nodes, edges), { specs }).nodes.map((one) => one.id);
const fault = (nodes: Node[], edges: Edge[]): string => {
  try {
    compileBoard(board(nodes, edges), { specs });
  } catch (thrown) {
    const { message, where } = thrown as { message: string; where?: string };
    return `${message} | ${where ?? ''}`;
  }
  return 'no fault';
};

describe('compileBoard', () => {
  it('puts every node after what it needs, in board order where free', () => {
    expect(
      order([node('c', 'passer'), node('b', 'passer'), node('a', 'maker')], [edge('a', 'b'), edge('b', 'c')]),
    ).toEqual(['a', 'b', 'c']);
  });

  it('passes values through drawn and bypassed nodes', () => {
    const nodes = [
      node('a', 'maker'),
      node('queue'),
      node('b', 'passer', { mode: 'bypass' }),
      node('gate'),
      node('c', 'passer'),
    ];
    const plan = compileBoard(
      board(nodes, [edge('a', 'queue'), edge('queue', 'b'), edge('b', 'gate'), edge('gate', 'c')]),
      { specs },
    );
    expect(plan.nodes.map((one) => one.id)).toEqual(['a', 'c']);
    expect(plan.nodes[1].inputs).toEqual({ split: [{ node: 'a', port: 'split' }] });
  });

  it('a drawn node changes nothing in the plan of those around it', () => {
    const direct = compileBoard(board([node('a', 'maker'), node('c', 'passer')], [edge('a', 'c')]), { specs });
    const through = compileBoard(
      board([node('a', 'maker'), node('queue'), node('c', 'passer')], [edge('a', 'queue'), edge('queue', 'c')]),
      { specs },
    );
    expect(through.nodes).toEqual(direct.nodes);
  });

  it('feedback, control and async edges carry nothing, hence make no circle', () => {
    const nodes = [node('a', 'maker'), node('b', 'passer'), node('log')];
    expect(
      order(nodes, [edge('a', 'b'), edge('b', 'log', { kind: 'async' }), edge('log', 'a', { kind: 'feedback' })]),
    ).toEqual(['a', 'b']);
  });

  it('a loop among drawn nodes ends', () => {
    expect(
      order(
        [node('a', 'maker'), node('x'), node('y'), node('b', 'passer')],
        [edge('x', 'y'), edge('y', 'x'), edge('y', 'b'), edge('a', 'b')],
      ),
    ).toEqual(['a', 'b']);
  });

  it('collects many wires in the order of the edges', () => {
    const plan = compileBoard(
      board([node('a', 'maker'), node('b', 'maker'), node('j', 'joiner')], [edge('b', 'j'), edge('a', 'j')]),
      { specs },
    );
    expect(plan.nodes[2].inputs['splits'].map((source) => source.node)).toEqual(['b', 'a']);
  });

  it('leaves out what is turned off and all that depends on it, with the reason', () => {
    const plan = compileBoard(
      board(
        [node('a', 'maker'), node('b', 'passer', { mode: 'off' }), node('c', 'passer'), node('d', 'passer')],
        [edge('a', 'b'), edge('b', 'c'), edge('a', 'd')],
      ),
      { specs },
    );
    expect(plan.nodes.map((one) => one.id)).toEqual(['a', 'd']);
    expect(plan.skipped.map((one) => [one.id, one.because])).toEqual([
      ['b', 'turned off'],
      ['c', 'needs b, which is turned off'],
    ]);
  });

  it('runs to one node only when asked', () => {
    const nodes = [node('a', 'maker'), node('b', 'passer'), node('c', 'passer')];
    const plan = compileBoard(board(nodes, [edge('a', 'b'), edge('a', 'c')]), { specs, until: 'c' });
    expect(plan.nodes.map((one) => one.id)).toEqual(['a', 'c']);
  });

  it.each([
    ['nothing bound', [node('a')], [], 'nothing on the board is bound'],
    ['a circle', [node('a', 'passer'), node('b', 'passer')], [edge('a', 'b'), edge('b', 'a')], 'wait for each other'],
    ['a self-loop', [node('a', 'passer')], [edge('a', 'a')], 'nodes wait for each other | nodes a → a'],
    [
      'a dangling edge',
      [node('a', 'maker')],
      [edge('a', 'ghost')],
      'ends at ghost, which is not on the board | edge a-ghost',
    ],
    ['a duplicate id', [node('a', 'maker'), node('a', 'maker')], [], 'two nodes have the id a | node a'],
    ['an unknown component', [node('a', 'magic')], [], 'there is no component magic | node a'],
    ['a component named like a built-in', [node('a', 'constructor')], [], 'there is no component constructor'],
    [
      'an unknown output port',
      [node('a', 'maker'), node('b', 'passer')],
      [edge('a', 'b', { fromPort: 'gold' })],
      'maker gives no gold | edge a-b',
    ],
    [
      'an unknown input port',
      [node('a', 'maker'), node('b', 'passer')],
      [edge('a', 'b', { toPort: 'gold' })],
      'passer takes no gold | edge a-b',
    ],
    [
      'a wire of the wrong type',
      [node('a', 'maker'), node('l', 'lister'), node('b', 'passer')],
      [edge('a', 'l'), edge('l', 'b')],
      'passer has no free input for list',
    ],
    [
      'a wire of the wrong type at a named port',
      [node('a', 'maker'), node('l', 'lister'), node('b', 'passer')],
      [edge('a', 'l'), edge('l', 'b', { toPort: 'split' })],
      'split of passer takes split, not list',
    ],
    [
      'a second wire into one port',
      [node('a', 'maker'), node('b', 'maker'), node('c', 'passer')],
      [edge('a', 'c'), edge('b', 'c')],
      'passer has no free input for split',
    ],
    ['a missing wire', [node('a', 'maker'), node('b', 'passer')], [], 'nothing is wired to split of passer | node b'],
    [
      'a parameter out of range',
      [node('a', 'maker', { binding: { component: 'maker', version: 1, params: { amount: 11 } } })],
      [],
      'parameter amount must be at most 10, is 11 | node a',
    ],
    [
      'a parameter of the wrong type',
      [node('a', 'maker', { binding: { component: 'maker', version: 1, params: { amount: 'two' } } })],
      [],
      'parameter amount must be a number, is "two" | node a',
    ],
    [
      'an unknown parameter',
      [node('a', 'maker', { binding: { component: 'maker', version: 1, params: { size: 1 } } })],
      [],
      'parameter size is not a parameter of maker',
    ],
    [
      'a component of a newer version',
      [node('a', 'maker', { binding: { component: 'maker', version: 3, params: {} } })],
      [],
      'maker version 3 is newer',
    ],
  ] as const)('refuses %s, and says where', (_, nodes, edges, message) => {
    expect(fault([...nodes], [...edges])).toContain(message);
  });

  it('brings parameters of older versions up to date', () => {
    const spec = toySpec('maker', [], ['split'], {
      version: 2,
      params: specs['maker'].params,
      migrations: { 1: (params) => ({ amount: Number(params['size']) * 2 }) },
    });
    const plan = compileBoard(
      board([node('a', 'maker', { binding: { component: 'maker', version: 1, params: { size: 3 } } })], []),
      { specs: { maker: spec } },
    );
    expect(plan.nodes[0].params).toEqual({ amount: 6 });
  });
});

describe('baselines', () => {
  const flag = { kind: 'flag', title: '', help: '', default: true } as const;
  const evaluate = toySpec('evaluate', ['list'], ['metrics'], {
    inputs: {
      list: { types: ['list'], title: '', help: '' },
      baselines: { types: ['candidates'], title: '', help: '', many: true, optional: true },
    },
    params: { baselines: flag },
  });
  const retriever = (id: string): ReturnType<typeof toySpec> =>
    toySpec(id, ['split'], ['candidates'], {
      params: { keep: { kind: 'number', title: '', help: '', default: 50, minimum: 1, maximum: 1000 } },
    });
  const all = { ...specs, evaluate, popularity: retriever('popularity'), ease: retriever('ease') };
  const nodes = [
    node('a', 'maker'),
    node('f', 'passer'),
    node('l', 'lister'),
    node('e', 'evaluate'),
    node('g', 'evaluate'),
  ];
  const edges = [edge('a', 'f'), edge('f', 'l'), edge('l', 'e'), edge('l', 'g')];

  it('are added once per split, wired to where the data was first divided', () => {
    const plan = compileBoard(board(nodes, edges), { specs: all, items: 500 });
    expect(plan.nodes.map((one) => one.id)).toEqual([
      'a',
      'f',
      'l',
      'baseline-popularity-a',
      'baseline-ease-a',
      'e',
      'g',
    ]);
    expect(plan.nodes[5].inputs['baselines'].map((source) => source.node)).toEqual([
      'baseline-popularity-a',
      'baseline-ease-a',
    ]);
    expect(plan.nodes[3].inputs).toEqual({ split: [{ node: 'a', port: 'split' }] });
  });

  it('leave EASE out where the catalogue is too large for it', () => {
    const plan = compileBoard(board(nodes, edges), { specs: all, items: 100_000 });
    expect(plan.nodes.some((one) => one.id === 'baseline-ease-a')).toBe(false);
  });
});
