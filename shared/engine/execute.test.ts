import { describe, expect, it } from 'vitest';
import type { Design, Node } from '#shared/contract/design.ts';
import type { NodeResult } from '#shared/contract/results.ts';
import { toys } from '../../test/support/toy-components.ts';
import { compileBoard } from './compile.ts';
import { execute, type Execution, type Memory, type Outputs } from './execute.ts';
import { planKeys, type KeyParts } from './keys.ts';
import { runNode } from './run-node.ts';

/** Keeps everything, as the store does. */
class Kept implements Memory {
  readonly results = new Map<string, NodeResult>();
  readonly parts = new Map<string, KeyParts>();
  readonly outputs = new Map<string, Outputs>();
  find = (key: string): NodeResult | undefined => this.results.get(key);
  lastParts = (node: string): KeyParts | undefined => this.parts.get(node);
  load = async (key: string): Promise<Outputs | undefined> => this.outputs.get(key);
  loadState = async (): Promise<undefined> => undefined;
  keep: Memory['keep'] = async (node, key, outcome) => {
    this.outputs.set(key.key, outcome.outputs);
    this.parts.set(node.id, key.parts);
  };
}

function chain(params: Record<string, Record<string, number>> = {}): Design['board'] {
  const node = (id: string, component: string): Node => ({
    id,
    kind: 'toy',
    title: id.toUpperCase(),
    x: 0,
    y: 0,
    binding: { component, version: 1, params: params[id] ?? {} },
  });
  return {
    nodes: [node('a', 'maker'), node('b', 'passer'), node('c', 'passer'), node('d', 'passer')],
    edges: [
      { id: '1', from: 'a', to: 'b' },
      { id: '2', from: 'b', to: 'c' },
      { id: '3', from: 'a', to: 'd' },
    ],
  };
}

async function run(
  board: Design['board'],
  kept: Kept,
  more: Partial<Execution> & { calls?: string[] } = {},
): Promise<{ status: string; nodes: Record<string, NodeResult>; calls: string[] }> {
  const calls: string[] = more.calls ?? [];
  const { specs, components } = toys(calls);
  const plan = compileBoard(board, { specs });
  const host = {
    ports: {} as never,
    clock: () => 0,
    memory: () => null,
    cancelled: more.cancelled ?? (() => false),
    breathe: async () => {},
  };
  const done = await execute({
    plan,
    keys: planKeys(plan, more.seed ?? 1, 'data', (text) => text),
    seed: more.seed ?? 1,
    fresh: more.fresh ?? false,
    runner: { run: (task, listener) => runNode(components[task.component], task, host, listener) },
    memory: kept,
    listener: {
      started() {},
      progress() {},
      curve() {},
      finished: (result) => void (result.status === 'done' && kept.results.set(result.key, result)),
    },
    cancelled: more.cancelled ?? (() => false),
  });
  return { ...done, calls };
}

const statuses = (nodes: Record<string, NodeResult>): string =>
  Object.values(nodes)
    .map((one) => `${one.id} ${one.status}`)
    .join(', ');

describe('execute', () => {
  it('runs everything once, then reuses everything', async () => {
    const kept = new Kept();
    const first = await run(chain(), kept);
    expect(first.status).toBe('done');
    expect(first.calls.sort()).toEqual(['a', 'b', 'c', 'd']);
    const again = await run(chain(), kept);
    expect(again.calls).toEqual([]);
    expect(statuses(again.nodes)).toBe('a reused, b reused, c reused, d reused');
  });

  it('runs again only what is downstream of a change, and says why', async () => {
    const kept = new Kept();
    await run(chain(), kept);
    const changed = await run(chain({ b: { amount: 5 } }), kept);
    expect(changed.calls).toEqual(['b', 'c']);
    expect(statuses(changed.nodes)).toBe('a reused, b done, c done, d reused');
    expect(changed.nodes['b'].because).toBe('parameter amount changed');
    expect(changed.nodes['c'].because).toBe('B changed');
  });

  it('runs all again for another seed, or when asked to', async () => {
    const kept = new Kept();
    await run(chain(), kept);
    const seeded = await run(chain(), kept, { seed: 2 });
    expect(seeded.calls.sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(seeded.nodes['a'].because).toBe('the seed changed');
    expect((await run(chain(), kept, { fresh: true })).calls).toHaveLength(4);
  });

  it('makes again what was not kept, without calling it new', async () => {
    const kept = new Kept();
    await run(chain(), kept);
    kept.outputs.clear();
    const changed = await run(chain({ c: { amount: 2 } }), kept);
    expect(changed.calls).toEqual(['a', 'b', 'c']);
    expect(statuses(changed.nodes)).toBe('a reused, b reused, c done, d reused');
  });

  it('a failure names its node and leaves the others alone', async () => {
    const board = chain();
    board.nodes[1].binding = { component: 'breaker', version: 1, params: {} };
    const { status, nodes } = await run(board, new Kept());
    expect(status).toBe('failed');
    expect(statuses(nodes)).toBe('a done, b failed, c skipped, d done');
    expect(nodes['b'].error).toMatchObject({ what: 'broken on purpose', where: 'node b' });
    expect(nodes['c'].because).toBe('needs B, which failed');
  });

  it('cancelling keeps what has finished', async () => {
    const kept = new Kept();
    const calls: string[] = [];
    const { status, nodes } = await run(chain(), kept, { calls, cancelled: () => calls.includes('a') });
    expect(status).toBe('cancelled');
    expect(nodes['a'].status).toBe('done');
    expect(nodes['c'].status).toBe('cancelled');
    expect((await run(chain(), kept)).calls).not.toContain('a');
  });
});
