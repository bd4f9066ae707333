import { afterEach, describe, expect, it } from 'vitest';
import type { NodeTask } from '#shared/engine/node-outcome.ts';
import type { Candidates } from '#shared/contract/values.ts';
import { checkerboard } from '../../test/support/small-worlds.ts';
import { onSharedMemory } from './shared-memory.ts';
import { WorkerPool } from './worker-pool.ts';

let pool: WorkerPool | undefined;
afterEach(() => pool?.close());

const quiet = { progress() {}, curve() {} };
const task = (id: string, keep = 5): NodeTask => ({
  id,
  title: id,
  component: 'random',
  params: { keep },
  inputs: { split: checkerboard() },
  seed: 1,
});

describe('WorkerPool', () => {
  it('runs nodes in threads, more than it has threads for, each as it would run alone', async () => {
    const threads = (pool = new WorkerPool(2, null));
    const outcomes = await Promise.all(['a', 'b', 'c', 'a'].map((id) => threads.run(task(id), quiet)));
    const items = outcomes.map((outcome) => [...(outcome.outputs['candidates'] as Candidates).items]);
    expect(items[0]).toEqual(items[3]);
    expect(items[0]).not.toEqual(items[1]);
    expect(outcomes[0]).toMatchObject({ out: 5, unit: 'items per request', in: 20 });
    expect(outcomes[0].latency?.requests).toBeGreaterThan(100);
    expect(outcomes[0].latency?.millis).toHaveLength(outcomes[0].latency?.requests ?? NaN);
    expect(outcomes[0].stageMetrics['recall@5']?.n).toBe(20);
  });

  it('says why a node failed', async () => {
    pool = new WorkerPool(1, null);
    await expect(pool.run({ ...task('a'), component: 'nothing' }, quiet)).rejects.toThrow(
      'there is no component nothing',
    );
    await expect(pool.run(task('b'), quiet)).resolves.toBeDefined();
  });

  it('cancels what runs and what waits within a second', async () => {
    pool = new WorkerPool(1, null);
    const split = checkerboard(600, 1600);
    const running = pool.run({ ...task('a', 700), inputs: { split } }, quiet);
    const waiting = pool.run(task('b'), quiet);
    setTimeout(() => pool?.cancel(), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(pool.cancelled).toBe(true);
  });
});

it('puts large arrays on shared memory once, and leaves the rest', () => {
  const large = new Float32Array(5000).fill(3);
  const small = Float32Array.of(1);
  const shared = onSharedMemory({ a: large, b: [{ c: large }], small, text: 'x', list: ['y'] });
  expect(shared.a.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(shared.b[0].c).toBe(shared.a);
  expect(shared.a[4999]).toBe(3);
  expect(shared.small).toBe(small);
  expect(onSharedMemory(shared).a).toBe(shared.a);
});
