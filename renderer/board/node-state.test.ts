import { describe, expect, it } from 'vitest';
import type { Node } from '#shared/contract/design.ts';
import type { NodeResult } from '#shared/contract/results.ts';
import type { NodePlan, NodeRun } from '#renderer/client/run-store.ts';
import { sayingOf } from './node-state.ts';

const node: Node = {
  id: 'fresh',
  kind: 'rerank',
  title: 'Freshness',
  x: 0,
  y: 0,
  binding: { component: 'freshness', version: 1, params: {} },
};
const leftOut: NodePlan = { reused: false, because: 'needs House rules, which is turned off', leftOut: true };

function run(status: NodeResult['status'], because: string): NodeRun {
  const result = { id: 'fresh', status, because, metrics: {}, warnings: [], out: 50, unit: 'items' };
  return {
    state: status,
    share: 1,
    note: '',
    secondsLeft: null,
    curve: [],
    result: result as unknown as NodeResult,
  };
}

describe('a node behind one that is turned off', () => {
  it('is stale where it has a number from before', () => {
    expect(sayingOf(node, [], run('done', ''), leftOut)).toMatchObject({
      mark: 'stale',
      words: 'stale: needs House rules, which is turned off',
    });
  });

  it('is left out where it has none', () => {
    const words = 'left out: needs House rules, which is turned off';
    expect(sayingOf(node, [], undefined, leftOut)).toMatchObject({ mark: 'skipped', words });
    expect(sayingOf(node, [], run('skipped', ''), leftOut)).toMatchObject({ mark: 'skipped', words });
  });

  it('says in a run that is over what it was skipped for', () => {
    expect(sayingOf(node, [], run('skipped', 'needs Ranker, which failed'), undefined)).toMatchObject({
      mark: 'skipped',
      words: 'skipped: needs Ranker, which failed',
    });
  });
});
