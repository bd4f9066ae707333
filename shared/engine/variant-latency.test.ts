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
function guardrail(
  extra: number,
  { measured = true, requests = 450, simulator = {} } = {},
): ReturnType<typeof latencyGuardrail> {
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
  // A hundred requests, the slow ones five times as slow: a median between the two.
  const of = (millis: number): Latency => ({
    p50: millis,
    p95: 5 * millis,
    p99: 5 * millis,
    requests,
    millis: Array.from({ length: requests }, (_, i) => (i % 50 === 0 ? 5 * millis : millis)),
  });
  const latency: Record<string, Latency> = { quick: of(1), slow: of(4), merge: of(1), a: of(1), b: of(1 + extra) };
  const result = (id: string): NodeResult => ({
    ...emptyResult({ id, title: id, component: '', key: '', status: 'done', because: '' }),
    latency: measured || id !== 'slow' ? (latency[id] ?? null) : null,
  });
  return latencyGuardrail(nodes[6], new Map(nodes.map((node) => [node.id, node])), result);
}

/** Verdicts of p50 and p99, up to the reason. */
const verdicts = (sheet: ReturnType<typeof latencyGuardrail>): string[] =>
  (sheet?.rows ?? []).map((row) => String(row.at(-1)).split(':')[0]);

describe('the latency guardrail', () => {
  it('adds up stages request by request, side by side by the slowest', () => {
    // 4 + 1 + 1 = 6 ms for the control, 4 + 1 + 2 = 7 ms for the other; every fiftieth takes five times that.
    const [half, slowest] = guardrail(1)?.rows ?? [];
    expect(half).toEqual([
      'Latency, p50, measured',
      'other',
      expect.closeTo(1 / 6, 12),
      '7.00\u00a0ms (7.00 to 7.00), limit 6.30; control 6.00 (6.00 to 6.00)',
      'not known: harm of 5\u00a0% cannot be excluded; look at it under load',
    ]);
    expect(slowest[3]).toBe('35.0\u00a0ms (7.00 to 35.0), limit 31.5; control 30.0 (6.00 to 30.0)');
  });

  it('is broken where the whole interval lies above the limit, and not known where it reaches below', () => {
    // p50 by 2 ms of 6; the 99th percentile lies anywhere between the quick and the slow requests.
    expect(verdicts(guardrail(2))).toEqual(['broken', 'not known']);
    // 36 ms and more against 30 ms at most.
    expect(verdicts(guardrail(30))).toEqual(['broken', 'broken']);
  });

  it('holds where harm is excluded, or too small to be felt', () => {
    expect(verdicts(guardrail(-1))).toEqual(['holds', 'not known']);
    expect(verdicts(guardrail(0.5))).toEqual(['holds', 'not known']);
    const same = guardrail(20, { simulator: { sameForAll: true } });
    expect(same?.rows.map((row) => row[2])).toEqual([0, 0]);
    expect(verdicts(same)).toEqual(['holds', 'holds']);
  });

  it('does not know the slowest of a hundred from a hundred, and is nothing where a stage was not measured', () => {
    const few = guardrail(1, { requests: 100 });
    expect(few?.rows[1][3]).toContain('to unknown)');
    expect(few?.rows[1][4]).toContain('too few requests');
    expect(guardrail(1, { measured: false })).toBeNull();
  });

  it('takes the place of what an earlier run measured', () => {
    const empty = emptyResult({ id: 'test', title: '', component: '', key: '', status: 'reused', because: '' });
    const sheet = guardrail(1);
    const once = withLatencyGuardrail(empty, sheet);
    expect(withLatencyGuardrail(once, sheet)).toEqual(once);
    expect(withLatencyGuardrail(once, null).sheets).toEqual([]);
  });
});
