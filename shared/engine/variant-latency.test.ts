import { describe, expect, it } from 'vitest';
import { specs } from '../components/specs.generated.ts';
import type { Latency, NodeResult } from '../contract/results.ts';
import { emptyResult } from './node-result.ts';
import type { PlannedNode, Source } from './plan.ts';
import { latencyGuardrail, withLatencyGuardrail } from './variant-latency.ts';

function planned(id: string, component: string, inputs: Record<string, Source[]>, params = {}): PlannedNode {
  return { id, title: id, spec: specs[component], params, inputs, baseline: false };
}

const from = (node: string, port: string): Source => ({ node, port });

/** Two retrievers side by side, a merge, and two re-rankers; the second takes `extra` milliseconds more. */
function guardrail(extra: number, measured = true, simulator = {}): ReturnType<typeof latencyGuardrail> {
  const nodes = [
    planned('quick', 'ials', { split: [from('split', 'split')] }),
    planned('slow', 'content', { split: [from('split', 'split')] }),
    planned('merge', 'merge', { candidates: [from('quick', 'candidates'), from('slow', 'candidates')] }),
    planned('a', 'mmr', { lists: [from('merge', 'candidates')] }),
    planned('b', 'mmr', { lists: [from('merge', 'candidates')] }),
    planned(
      'users',
      'user-simulator',
      { lists: [from('a', 'lists'), from('b', 'lists')] },
      { names: ['plain', 'other'], ...simulator },
    ),
    planned('test', 'ab-test', { log: [from('users', 'log')] }, { guardrailMargin: 0.05 }),
  ];
  const of = (p50: number): Latency => ({ p50, p95: 2 * p50, p99: 3 * p50, requests: 100 });
  const latency: Record<string, Latency> = { quick: of(1), slow: of(4), merge: of(1), a: of(1), b: of(1 + extra) };
  const result = (id: string): NodeResult => ({
    ...emptyResult({ id, title: id, component: '', key: '', status: 'done', because: '' }),
    latency: measured || id !== 'slow' ? (latency[id] ?? null) : null,
  });
  return latencyGuardrail(nodes[6], new Map(nodes.map((node) => [node.id, node])), result);
}

describe('the latency guardrail', () => {
  it('adds up stages, side by side by the slowest', () => {
    // p95: 2 · (4 + 1 + 1) = 12 ms for the control, 2 · (4 + 1 + 2) = 14 ms for the other.
    expect(guardrail(1)?.rows).toEqual([
      [
        'Latency, p95, measured',
        'other',
        expect.closeTo(1 / 6, 12),
        '14.00 ms against 12.00 ms',
        'not known: what was measured overlaps; look at it under load',
      ],
    ]);
  });

  it('is broken where half of the requests are slower than the slowest were', () => {
    expect(guardrail(20)?.rows[0].at(-1)).toMatch(/^broken/);
  });

  it('says nothing of a list for everybody but that it holds, and nothing where a stage was not measured', () => {
    expect(guardrail(20, true, { sameForAll: true })?.rows[0].slice(2, 4)).toEqual([0, '12.00 ms against 12.00 ms']);
    expect(guardrail(1, false)).toBeNull();
  });

  it('takes the place of what an earlier run measured', () => {
    const empty = emptyResult({ id: 'test', title: '', component: '', key: '', status: 'reused', because: '' });
    const sheet = guardrail(1);
    const once = withLatencyGuardrail(empty, sheet);
    expect(withLatencyGuardrail(once, sheet)).toEqual(once);
    expect(withLatencyGuardrail(once, null).sheets).toEqual([]);
  });
});
