// The two online templates, run as they are on a small world: every node done, every number labelled with where it comes from.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../main/engine-process/engine.ts';
import type { Design } from '../../shared/contract/design.ts';
import type { NodeResult, RunResult } from '../../shared/contract/results.ts';

const root = join(import.meta.dirname, '../..');
const workspace = mkdtempSync(join(tmpdir(), 'runboard-online-'));
let engine: Awaited<ReturnType<typeof openEngine>>;

beforeAll(async () => {
  engine = await openEngine({ workspace });
});

afterAll(async () => {
  await engine.close();
  rmSync(workspace, { recursive: true, force: true });
});

async function run(template: string): Promise<RunResult> {
  const design = JSON.parse(readFileSync(join(root, 'assets/templates', `${template}.runboard`), 'utf8')) as Design;
  const small = { recipe: 'video-catalogue', settings: { users: 300, items: 300, events: 15_000, seed: 1 } };
  const traffic = design.board.nodes.filter((node) => node.binding?.component === 'user-simulator');
  const set = Object.fromEntries(traffic.flatMap((node) => [[`${node.id}.requestsPerDay`, '1500'] as const, [`${node.id}.population`, '1000'] as const]));
  return engine.start({ design: { ...design, data: small }, designPath: null, seed: 1, set }, { signal: new AbortController().signal, emit() {} });
}

function value(result: NodeResult, metric: string): number {
  const { value: number } = result.metrics[metric] ?? { value: null };
  if (number === null) throw new Error(`${result.id} has no ${metric}: ${JSON.stringify(result.error ?? result.warnings)}`);
  return number;
}

describe('ab-test-rerankers', () => {
  it('runs, is labelled simulated in its first line, and its A/A test knows the truth of no effect', async () => {
    const { status, nodes } = await run('ab-test-rerankers');
    expect(status).toBe('done');
    expect(nodes['test'].origin).toBe('simulated');
    expect(nodes['test'].sheets[0].rows[0].join(' ')).toMatch(/^Origin Simulated/);
    expect(nodes['plan'].origin).toBe('estimated');
    expect(value(nodes['same'], 'expected-ctr-lift')).toBe(0);
    expect(value(nodes['test'], 'sample-ratio-p')).toBeGreaterThan(0.001);
    expect(Number.isFinite(value(nodes['test'], 'ctr-lift:mmr'))).toBe(true);
  }, 240_000);
});

describe('off-policy', () => {
  it('runs, is labelled estimated, and judges the shown policy from its own log at what it earned', async () => {
    const { status, nodes } = await run('off-policy');
    expect(status).toBe('done');
    expect(nodes['estimate'].origin).toBe('estimated');
    expect(value(nodes['itself'], 'ctr-ips')).toBeCloseTo(value(nodes['itself'], 'logged-ctr'), 10);
    const idea = nodes['estimate'].metrics['ctr-dr'];
    expect(idea.low).toBeLessThan(idea.value ?? NaN);
    expect(value(nodes['estimate'], 'mean-weight')).toBeGreaterThan(0.9);
  }, 240_000);
});
