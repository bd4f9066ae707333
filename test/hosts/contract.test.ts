import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClient } from '../../shared/client/client.ts';
import type { Client } from '../../shared/client/client.ts';
import { RunboardError } from '../../shared/contract/failure.ts';
import type { Message, Transport } from '../../shared/contract/messages.ts';
import type { Call, Handlers, MethodName } from '../../shared/contract/methods.ts';
import type { RunOptions } from '../../shared/contract/runs.ts';
import type { TimeLimits } from '../../shared/contract/time-limits.ts';
import { serve } from '../../shared/services/serve.ts';
import { backlogLimit, lines, messageLimit } from '../support/transports.ts';

const design = { format: 'runboard' as const, version: 1, title: 'T', seed: 1, board: { nodes: [], edges: [] } };
const options: RunOptions = { design, designPath: null };

/** Handlers that do what a test says; whatever is not said fails loudly. */
function handlersThat(given: Partial<Handlers>): Handlers {
  return new Proxy(given, {
    get: (all, name: MethodName) => all[name] ?? (() => Promise.reject(new Error(`${name} was not expected`))),
  }) as Handlers;
}

function untilCancelled(call: Call): Promise<never> {
  return new Promise((_, reject) =>
    call.signal.addEventListener('abort', () => reject(new RunboardError('cancelled', 'cancelled by the user'))),
  );
}

describe.each(lines)('over $name', ({ name, open }) => {
  let near: Transport;
  let far: Transport;
  let garble: ((raw: string) => void) | undefined;
  let stall: (() => void) | undefined;
  let cut: (() => void) | undefined;
  let release: () => Promise<void>;
  let client: Client;

  beforeEach(async () => {
    ({ near, far, garble, stall, cut, release } = await open());
    client = openClient(near);
  });
  afterEach(() => release());

  it('answers', async () => {
    serve(handlersThat({ 'designs.save': async ({ path }) => ({ digest: `digest of ${path}`, path }) }), far);
    expect(await client.call('designs.save', { path: '/a', design, expectedDigest: null })).toEqual({
      digest: 'digest of /a',
      path: '/a',
    });
  });

  it('keeps many calls apart, whatever the order of the answers', async () => {
    const waits = [5, 1, 3, 0, 4];
    serve(
      handlersThat({
        'runs.cancel': async ({ run }) => (
          await new Promise((done) => setTimeout(done, waits[Number(run)])),
          { cancelled: Number(run) % 2 === 0 }
        ),
      }),
      far,
    );
    const answers = await Promise.all(waits.map((_, i) => client.call('runs.cancel', { run: String(i) })));
    expect(answers.map((one) => one.cancelled)).toEqual([true, false, true, false, true]);
  });

  it('carries a failure with code, place and remedy, and a fault with its stack', async () => {
    serve(
      handlersThat({
        'runs.show': () =>
          Promise.reject(
            new RunboardError('not-found', 'no run "r-9"', { where: 'runs.db', remedy: 'see `runboard runs`' }),
          ),
        'runs.list': () => Promise.reject(new TypeError('undefined is not a function')),
      }),
      far,
    );
    await expect(client.call('runs.show', { run: 'r-9' })).rejects.toMatchObject({
      name: 'RunboardError',
      code: 'not-found',
      message: 'no run "r-9"',
      where: 'runs.db',
      remedy: 'see `runboard runs`',
    });
    await expect(client.call('runs.list')).rejects.toMatchObject({
      code: 'internal',
      stack: expect.stringContaining('contract.test.ts') as string,
    });
  });

  it('refuses input that is not what it must be, before any handler sees it', async () => {
    serve(handlersThat({}), far);
    await expect(client.call('runs.show', {} as never)).rejects.toMatchObject({
      code: 'bad-usage',
      message: expect.stringMatching(/^runs\.show: run: /) as string,
    });
    await expect(client.call('runs.start', { ...options, threads: 0 })).rejects.toMatchObject({ code: 'bad-usage' });
    await expect(client.call('exports.write', { design, format: 'exe' as 'md', out: '/x' })).rejects.toMatchObject({
      code: 'bad-usage',
    });
    await expect(client.call('constructor' as 'doctor')).rejects.toMatchObject({
      code: 'bad-usage',
      message: 'there is no method "constructor"',
    });
  });

  it('tells events in order, before the answer', async () => {
    const heard: number[] = [];
    client.on('work', ({ share }) => heard.push(share));
    serve(
      handlersThat({
        'datasets.inspect': async (_, call) => {
          for (let i = 0; i <= 10; i++) call.emit('work', { what: 'inspect', share: i / 10, note: '' });
          return {} as never;
        },
      }),
      far,
    );
    await client.call('datasets.inspect', { path: '/x' });
    expect(heard).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });

  it('stops telling whoever no longer listens', async () => {
    const heard: number[] = [];
    const stop = client.on('work', ({ share }) => heard.push(share));
    serve(
      handlersThat({ 'runs.list': async (_, call) => (call.emit('work', { what: '', share: 1, note: '' }), []) }),
      far,
    );
    await client.call('runs.list');
    stop();
    await client.call('runs.list');
    expect(heard).toEqual([1]);
  });

  it('takes only so many calls at once', async () => {
    let running = 0;
    serve(handlersThat({ 'runs.start': (_, call) => (running++, untilCancelled(call)) }), far);
    const stop = new AbortController();
    const ends = Array.from({ length: 300 }, () =>
      client.call('runs.start', options, { signal: stop.signal }).catch((fault: RunboardError) => fault.code),
    );
    expect(await ends[299]).toBe('unavailable');
    expect(running).toBe(256);
    stop.abort();
    expect((await Promise.all(ends)).filter((code) => code === 'cancelled')).toHaveLength(256);
  });

  it('cancels the call that is meant and no other', async () => {
    const stop = new AbortController();
    serve(handlersThat({ 'runs.start': (_, call) => untilCancelled(call), 'runs.list': async () => [] }), far);
    const first = client.call('runs.start', options, { signal: stop.signal });
    const second = client.call('runs.start', options, { signal: new AbortController().signal });
    let secondEnded = false;
    void second.catch(() => (secondEnded = true));
    stop.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await client.call('runs.list');
    expect(secondEnded).toBe(false);
  });

  it('cancels what was cancelled before it was sent', async () => {
    serve(
      handlersThat({
        'runs.start': (_, call) =>
          call.signal.aborted ? Promise.reject(new RunboardError('cancelled', 'cancelled')) : untilCancelled(call),
      }),
      far,
    );
    await expect(client.call('runs.start', options, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('ends every open call once when the line goes, and cancels what runs behind it', async () => {
    let cancelled = 0;
    serve(
      handlersThat({
        'runs.start': (_, call) => untilCancelled(call).finally(() => cancelled++),
        'runs.list': async () => [],
      }),
      far,
    );
    const calls = [1, 2, 3].map(() => client.call('runs.start', options));
    const ends = Promise.allSettled(calls);
    await client.call('runs.list');
    near.close();
    for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'interrupted' } });
    await expect(client.call('runs.list')).rejects.toMatchObject({ code: 'interrupted' });
    await expect.poll(() => cancelled).toBe(3);
  });

  it('lives through messages that are none, and drops answers that nobody waits for', async () => {
    serve(handlersThat({ 'runs.list': async () => [] }), far);
    for (const odd of [
      null,
      7,
      'x',
      {},
      { kind: 'request' },
      { kind: 'request', id: -1, method: 'runs.list' },
      { kind: 'cancel', id: 99 },
      { kind: 'answer', id: 1, output: {} },
      { kind: 'request', id: 1, method: 'x'.repeat(1e5), input: null },
    ]) {
      near.post(odd as Message);
    }
    far.post({ kind: 'answer', id: 4242, output: 'late' });
    far.post({ kind: 'event', event: 'nobody listens', payload: null });
    expect(await client.call('runs.list')).toEqual([]);
  });

  // Within one process there is no text on the way, and no limit to what is handed over.
  const overWire = name === 'memory' ? [] : [name];

  it.each(overWire)('lives through texts that are no messages', async () => {
    serve(handlersThat({ 'runs.list': async () => [] }), far);
    for (const raw of [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"kind":"request","id":1e999}',
      '{"__proto__":{"kind":"cancel"}}',
      '\u0000',
      '\ud800',
      '['.repeat(10_000),
    ])
      garble?.(raw);
    expect(await client.call('runs.list')).toEqual([]);
    expect(({} as { kind?: string }).kind).toBeUndefined();
  });

  it('carries a long stream whole and in order, before the answer', async () => {
    const count = 20_000;
    const note = 'n'.repeat(500);
    let heard = 0;
    let inOrder = true;
    client.on('work', ({ share, note: given }) => {
      inOrder &&= share === heard / count && given.length === note.length;
      heard += 1;
    });
    serve(
      handlersThat({
        'datasets.inspect': async (_, call) => {
          for (let i = 0; i < count; i++) {
            call.emit('work', { what: 'inspect', share: i / count, note });
            if (i % 200 === 0) await new Promise((done) => setImmediate(done));
          }
          return {} as never;
        },
      }),
      far,
    );
    await client.call('datasets.inspect', { path: '/x' });
    expect({ heard, inOrder }).toEqual({ heard: count, inOrder: true });
  });

  it('carries a large design, text of every kind included', async () => {
    const writeUp = Object.fromEntries([
      ['S1', ['é', '\u2028', '𝒳', '<script>', '\u0000', 'ب'.repeat(1_000), 'x'.repeat(1_000_000)]],
    ]);
    const large = { ...design, writeup: writeUp } as never as typeof design;
    let got: unknown;
    serve(
      handlersThat({ 'designs.save': async ({ design: given }) => ((got = given), { digest: 'd', path: '/a' }) }),
      far,
    );
    await client.call('designs.save', { path: '/a', design: large, expectedDigest: null });
    expect(got).toEqual(large);
  });

  it.each(overWire)('refuses what is too long, by ending the line once, and keeps the process', async () => {
    let cancelled = 0;
    serve(
      handlersThat({
        'runs.start': (_, call) => untilCancelled(call).finally(() => cancelled++),
        'runs.list': async () => [],
      }),
      far,
    );
    const waiting = client.call('runs.start', options);
    const end = waiting.catch((fault: RunboardError) => fault.code);
    await client.call('runs.list');
    near.post({ kind: 'request', id: 77, method: 'runs.show', input: { run: 'x'.repeat(messageLimit + 1) } });
    expect(await end).toBe('interrupted');
    await expect.poll(() => cancelled).toBe(1);
  });

  it.each(overWire)('lets go of a reader that does not keep up, and holds no more than its limit for it', async () => {
    const emitted = Promise.withResolvers<number>();
    serve(
      handlersThat({
        'datasets.inspect': async (_, call) => {
          let sent = 0;
          call.signal.addEventListener('abort', () => emitted.resolve(sent));
          for (; !call.signal.aborted && sent < 20 * backlogLimit; sent += 1_000_000) {
            call.emit('work', { what: 'inspect', share: 0, note: 'n'.repeat(1_000_000) });
            await new Promise((done) => setImmediate(done));
          }
          return {} as never;
        },
      }),
      far,
    );
    stall?.();
    client.call('datasets.inspect', { path: '/x' }).catch(() => {});
    const sent = await emitted.promise;
    expect(sent).toBeGreaterThanOrEqual(backlogLimit / 2);
    expect(sent).toBeLessThan(4 * backlogLimit);
  });

  it.each(overWire)('ends every open call once when what carries the line is cut', async () => {
    let cancelled = 0;
    serve(
      handlersThat({
        'runs.start': (_, call) => untilCancelled(call).finally(() => cancelled++),
        'runs.list': async () => [],
      }),
      far,
    );
    const ends = Promise.allSettled([1, 2, 3].map(() => client.call('runs.start', options)));
    await client.call('runs.list');
    cut?.();
    for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'interrupted' } });
    await expect.poll(() => cancelled).toBe(3);
    await expect(client.call('runs.list')).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('lets go of what it sent when the other end goes', async () => {
    serve(handlersThat({ 'runs.start': (_, call) => untilCancelled(call) }), far);
    const open = client.call('runs.start', options).catch((fault: RunboardError) => fault.code);
    far.close();
    expect(await open).toBe('interrupted');
  });

  describe('with time limits', () => {
    const limits: TimeLimits = { quick: 40, patient: 40, work: 300 };
    let late: string[];
    beforeEach(() => {
      late = [];
      client = openClient(near, { limits, onLate: (what) => late.push(what) });
    });

    it('tells a caller once that nothing came in time, cancels, drops what comes late, and says that it did', async () => {
      const release = Promise.withResolvers<void>();
      let cancelled = 0;
      serve(
        handlersThat({
          'runs.show': async (_, call) => {
            call.signal.addEventListener('abort', () => cancelled++);
            await release.promise;
            return {} as never;
          },
          'runs.list': async () => [],
        }),
        far,
      );
      let told = 0;
      const fault = await client.call('runs.show', { run: 'r-1' }).catch((thrown: RunboardError) => (told++, thrown));
      expect(fault).toMatchObject({ code: 'timeout', message: 'runs.show was not answered within 0 seconds' });
      await expect.poll(() => cancelled).toBe(1);
      release.resolve();
      await expect.poll(() => late).toEqual(['an answer to runs.show came after its time, and was dropped']);
      expect(await client.call('runs.list')).toEqual([]);
      expect([told, late.length]).toEqual([1, 1]);
    });

    it('waits for work as long as something is heard of it', async () => {
      const release = Promise.withResolvers<void>();
      let alive = 0;
      const heard: Transport = {
        ...far,
        post: (message) => {
          if (message.kind === 'event') alive++;
          far.post(message);
        },
        receive: (listener) => far.receive(listener),
        closed: (listener) => far.closed(listener),
      };
      serve(handlersThat({ 'runs.start': async () => (await release.promise, { run: 'r-1' }) as never }), heard, 20);
      const going = client.call('runs.start', options);
      await expect.poll(() => alive, { timeout: 10_000, interval: 20 }).toBeGreaterThan(40);
      release.resolve();
      expect(await going).toEqual({ run: 'r-1' });
      expect(late).toEqual([]);
    });

    it('gives up work of which nothing is heard', async () => {
      serve(handlersThat({ 'runs.start': (_, call) => untilCancelled(call) }), far, 1e6);
      await expect(client.call('runs.start', options)).rejects.toMatchObject({
        code: 'timeout',
        message: 'nothing was heard of runs.start for 0 seconds',
      });
    });
  });

  it('refuses a second request under the number of one that runs', async () => {
    const heard: Message[] = [];
    serve(handlersThat({ 'runs.start': (_, call) => untilCancelled(call) }), far);
    near.receive((message) => heard.push(message));
    near.post({ kind: 'request', id: 5, method: 'runs.start', input: options });
    near.post({ kind: 'request', id: 5, method: 'runs.start', input: options });
    await expect
      .poll(() => heard)
      .toEqual([{ kind: 'failure', id: 5, failure: { code: 'bad-usage', what: 'request 5 is already running' } }]);
  });
});
