import { expect, it, vi } from 'vitest';
import type { RunboardError } from '#shared/contract/failure.ts';
import type { CancelSignal } from '#shared/contract/methods.ts';
import { timeLimits } from '#shared/contract/time-limits.ts';
import { openClient } from './client.ts';
import { memoryTransports } from './memory-transport.ts';

it('tells each of ten thousand callers once, drops what comes late, and leaves nothing behind', async () => {
  const [near, far] = memoryTransports();
  const client = openClient(near);
  let listening = 0;
  const signal: CancelSignal = {
    aborted: false,
    addEventListener: () => void listening++,
    removeEventListener: () => void listening--,
  };
  const late: (() => void)[] = [];
  far.receive((message) => {
    if (message.kind !== 'request') return;
    const { id } = message;
    if (id % 2 === 0) far.post({ kind: 'answer', id, output: [] });
    else far.post({ kind: 'failure', id, failure: { code: 'cancelled', what: 'cancelled' } });
    late.push(() => far.post({ kind: 'answer', id, output: ['late'] }));
  });
  let told = 0;
  const count = (): void => void told++;
  const calls = Array.from({ length: 10_000 }, () =>
    client.call('runs.list', undefined, { signal }).then((runs) => {
      expect(runs).toEqual([]);
      count();
    }, count),
  );
  await Promise.all(calls);
  for (const answer of late) answer();
  await new Promise((done) => setTimeout(done, 0));
  expect({ told, listening }).toEqual({ told: 10_000, listening: 0 });
});

it('gives up ten thousand calls that are not answered in time, once each, and leaves nothing behind', async () => {
  vi.useFakeTimers();
  const [near, far] = memoryTransports();
  const late: string[] = [];
  const client = openClient(near, { onLate: (what) => late.push(what) });
  let listening = 0;
  const signal: CancelSignal = {
    aborted: false,
    addEventListener: () => void listening++,
    removeEventListener: () => void listening--,
  };
  const ids: number[] = [];
  let cancels = 0;
  far.receive((message) => {
    if (message.kind === 'request') ids.push(message.id);
    else if (message.kind === 'cancel') cancels++;
  });
  const codes: string[] = [];
  const methods = ['runs.list', 'doctor', 'datasets.list'] as const;
  for (let i = 0; i < 10_000; i++)
    client
      .call(methods[i % 3], undefined, { signal })
      .then(() => codes.push('answered'))
      .catch((fault: RunboardError) => codes.push(fault.code));
  await vi.advanceTimersByTimeAsync(timeLimits.quick - 1);
  expect(codes).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(codes).toHaveLength(6_667);
  await vi.advanceTimersByTimeAsync(timeLimits.patient);
  expect([codes.length, new Set(codes), cancels]).toEqual([10_000, new Set(['timeout']), 10_000]);
  expect([listening, vi.getTimerCount()]).toEqual([0, 0]);
  // Of the last ones it is known what came too late, and of each only once.
  for (let round = 0; round < 2; round++) {
    for (const id of ids) far.post({ kind: 'answer', id, output: [] });
    await vi.advanceTimersByTimeAsync(0);
    expect([codes.length, late.length]).toEqual([10_000, 1_000]);
  }
  vi.useRealTimers();
});
