import { expect, it } from 'vitest';
import type { Design } from '#shared/contract/design.ts';
import type { NodeResult } from '#shared/contract/results.ts';
import type { NodeRun } from '#renderer/client/run-store.ts';
import { measuredStages, stageWords } from './funnel.tsx';

function measured(id: string, recall: number): [string, NodeRun] {
  const result = {
    id,
    title: id,
    unit: 'items per request',
    out: 10,
    metrics: { 'recall@10': { value: recall, low: null, high: null, n: 5 } },
  } as unknown as NodeResult;
  return [id, { state: 'done', share: 1, note: '', secondsLeft: null, curve: [], result }];
}

const node = (id: string, x: number): Design['board']['nodes'][number] => ({
  id,
  kind: 'retrieve',
  title: id,
  x,
  y: 0,
});
const edge = (from: string, to: string, kind?: 'feedback'): Design['board']['edges'][number] => ({
  id: `${from}>${to}`,
  from,
  to,
  kind,
});

it('follows stages from left to right, also where the drawing leads back in a circle', () => {
  const design: Design = {
    format: 'runboard',
    version: 1,
    title: 'Loop',
    seed: 1,
    board: {
      nodes: [
        node('a', 0),
        node('b', 0),
        node('c', 0),
        node('merge', 200),
        node('queue', 300),
        node('rank', 400),
        node('log', 500),
      ],
      edges: [
        ...['a', 'b', 'c'].flatMap((id) => [edge(id, 'merge'), edge('log', id)]),
        edge('merge', 'queue'),
        edge('queue', 'rank'),
        edge('rank', 'log'),
        edge('log', 'merge', 'feedback'),
      ],
    },
  };
  const nodes = Object.fromEntries([
    measured('a', 0.3),
    measured('b', 0.4),
    measured('c', 0.2),
    measured('merge', 0.5),
    measured('rank', 0.35),
  ]);
  const stages = measuredStages(design, nodes);
  expect(stages.map((stage) => stage.id)).toEqual(['a', 'b', 'c', 'merge', 'rank']);
  expect(stages[3].lost).toBeNull();
  expect(stages[4].lost).toBeCloseTo(0.15, 12);
});

it('says of a stage which share is left of what, and tells the mean over users from the count over all', () => {
  const stage = { id: 'a', title: 'Retrieved', share: 0.4302, items: 160, lost: 0.5698, count: 6_568, verb: 'lost' };
  expect(stageWords(stage, 15_972)).toBe(
    'Retrieved: 43.0 % of what a user went on to choose is still there, mean over users; ' +
      '6,568 of 15,972 relevant test items over all requests; 160 items per request',
  );
  expect(stageWords({ ...stage, count: null, items: null }, null)).not.toContain(';');
});
