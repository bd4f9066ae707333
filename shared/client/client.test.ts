import { expect, it } from 'vitest';
import type { CancelSignal } from '#shared/contract/methods.ts';
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
