import { describe, expect, it } from 'vitest';
import { specs } from '../components/specs.generated.ts';
import type { Design } from '../contract/design.ts';
import { compileBoard } from './compile.ts';
import type { PlannedNode } from './plan.ts';
import { streamOf } from './periods.ts';

type Board = Design['board'];

function node(id: string, component: string, params = {}): Board['nodes'][number] {
  return {
    id,
    kind: specs[component].kind,
    title: id,
    x: 0,
    y: 0,
    binding: { component, version: specs[component].version, params },
  };
}

/** source → split → counts → retrieve → plain, re-ranked → users → test, with a taste model trained before the experiment. */
function board(params = {}): Board {
  const wires = [
    ['data', 'split'],
    ['split', 'retrieve'],
    ['retrieve', 'plain'],
    ['retrieve', 'other'],
    ['plain', 'users', 'lists'],
    ['other', 'users', 'lists'],
    ['users', 'test'],
  ];
  return {
    nodes: [
      node('data', 'source'),
      node('split', 'split'),
      node('retrieve', 'ials'),
      node('plain', 'mmr'),
      node('other', 'category-cap'),
      node('users', 'user-simulator', { days: 7, ...params }),
      node('test', 'ab-test'),
    ],
    edges: wires.map(([from, to, toPort], at) => ({
      id: `e${at}`,
      from,
      to,
      ...(from === 'retrieve' ? { fromPort: 'candidates' } : {}),
      ...(from === 'users' ? { fromPort: 'log' } : {}),
      ...(toPort === undefined ? {} : { toPort }),
    })),
  } as unknown as Board;
}

function planOf(params = {}): Map<string, PlannedNode> {
  return new Map(compileBoard(board(params), { specs }).nodes.map((one) => [one.id, one]));
}

describe('a simulator that learns again', () => {
  it('is one node where it does not, or where the experiment is shorter', () => {
    expect([...planOf().keys()]).toEqual(['data', 'split', 'retrieve', 'plain', 'other', 'users', 'test']);
    expect([...planOf({ retrainEvery: 7 }).keys()]).toHaveLength(7);
  });

  it('is run period by period on lists made again from the log so far', () => {
    const plan = planOf({ retrainEvery: 3 });
    expect([...plan.keys()]).toEqual([
      'data',
      'split',
      'retrieve',
      'plain',
      'other',
      'users~1',
      'split~users-2',
      'retrieve~users-2',
      'plain~users-2',
      'other~users-2',
      'users~2',
      'split~users-3',
      'retrieve~users-3',
      'plain~users-3',
      'other~users-3',
      'users',
      'test',
    ]);
    const days = ['users~1', 'users~2', 'users'].map((id) => {
      const { fromDay, toDay } = plan.get(id)?.params ?? {};
      return [fromDay, toDay];
    });
    expect(days).toEqual([
      [0, 3],
      [3, 6],
      [6, 0],
    ]);
    expect(plan.get('split~users-3')).toMatchObject({
      spec: { id: 'learn-from-log' },
      inputs: { split: [{ node: 'split', port: 'split' }], log: [{ node: 'users~2', port: 'log' }] },
    });
    expect(plan.get('retrieve~users-3')?.inputs).toEqual({ split: [{ node: 'split~users-3', port: 'split' }] });
    expect(plan.get('users')?.inputs).toEqual({
      lists: [
        { node: 'plain', port: 'lists' },
        { node: 'other', port: 'lists' },
      ],
      renewed: [
        { node: 'plain~users-3', port: 'lists' },
        { node: 'other~users-3', port: 'lists' },
      ],
      past: [{ node: 'users~2', port: 'log' }],
    });
    expect(plan.get('test')?.inputs).toEqual({ log: [{ node: 'users', port: 'log' }] });
  });

  it('draws what the node of the board draws', () => {
    expect(['users~1', 'users', 'retrieve~users-3', '~'].map(streamOf)).toEqual(['users', 'users', 'retrieve', '~']);
  });
});
