// Windows that go without a word, and the end of a local page that nobody looks at any more.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Reach } from '../../main/hosts/web/reach.ts';
import { openLocalPage, type LocalPage, type LocalPageOptions } from '../../main/hosts/web/server.ts';
import { socketTransport } from '../../main/hosts/web/socket-transport.ts';
import { openClient } from '../../shared/client/client.ts';
import type { Handlers, MethodName } from '../../shared/contract/methods.ts';

const pages: LocalPage[] = [];
const sockets: WebSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  for (const page of pages.splice(0)) await page.close();
});

/** Handlers whose one method goes on until it is cancelled, and that count how many do. */
function holding(): { handlers: Handlers; held(): number } {
  let held = 0;
  const hold: Handlers['designs.hold'] = (_, { signal }) =>
    new Promise((done) => {
      held++;
      signal.addEventListener('abort', () => {
        held--;
        done({ ended: true });
      });
    });
  const handlers = new Proxy({} as Handlers, {
    get: (_, name: MethodName) => (name === 'designs.hold' ? hold : () => Promise.resolve([])),
  });
  return { handlers, held: () => held };
}

async function openPage(handlers: Handlers, options: Partial<LocalPageOptions>): Promise<() => Promise<WebSocket>> {
  const folder = mkdtempSync(join(tmpdir(), 'runboard-presence-'));
  writeFileSync(join(folder, 'index.html'), '');
  const reach = new Reach({ workspace: folder, visible: [], given: [] });
  const page = await openLocalPage({ handlers, reach, folder, port: 0, onStaleKey: () => {}, ...options });
  pages.push(page);
  const origin = `http://127.0.0.1:${page.port}`;
  const opened = await fetch(page.address(), { redirect: 'manual' });
  const cookie = String(opened.headers.get('set-cookie')).split(';')[0];
  const session = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { Cookie: cookie, Origin: origin, 'X-Runboard': '1' },
  });
  const { token } = (await session.json()) as { token: string };
  return async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${page.port}/line`, ['runboard', `key.${token}`], {
      headers: { Origin: origin, Cookie: cookie },
    });
    sockets.push(socket);
    await new Promise((done) => socket.once('open', done));
    return socket;
  };
}

const input = { draft: 'aaaaaaaa-0001', path: null, take: true } as const;

describe('a window that stops answering', () => {
  it('is let go of, and what it held is free; one that answers stays', async () => {
    const { handlers, held } = holding();
    const dial = await openPage(handlers, { pingMillis: 300 });
    const [silent, answers] = [await dial(), await dial()];
    for (const socket of [silent, answers]) {
      const client = openClient(socketTransport(socket));
      client.call('designs.hold', input).catch(() => {});
    }
    await expect.poll(held).toBe(2);
    let pings = 0;
    answers.on('ping', () => pings++);
    // Nothing is read from it any more: what comes lies in the buffers of the system, pings too.
    silent.pause();
    await expect.poll(held, { timeout: 20_000 }).toBe(1);
    const before = pings;
    await expect.poll(() => pings, { timeout: 20_000 }).toBeGreaterThan(before + 3);
    expect([held(), answers.readyState]).toEqual([1, WebSocket.OPEN]);
  });
});

describe('a page that is to end when nobody is there', () => {
  it('waits for a first window, for one that comes back, and for what a window does; then says so once', async () => {
    const { handlers, held } = holding();
    let idle = 0;
    const dial = await openPage(handlers, { idle: { millis: 600, onIdle: () => idle++ } });
    const passes = (millis: number): Promise<void> => new Promise((done) => setTimeout(done, millis));
    await passes(900);
    const first = await dial();
    const working = openClient(socketTransport(first));
    working.call('designs.hold', input).catch(() => {});
    await expect.poll(held).toBe(1);
    await passes(900);
    const gone = new Promise((done) => first.once('close', done));
    first.close();
    await gone;
    const second = await dial();
    await passes(900);
    expect(idle).toBe(0);
    second.terminate();
    await expect.poll(() => idle, { timeout: 10_000 }).toBe(1);
    await passes(900);
    expect([idle, held()]).toEqual([1, 0]);
  });
});
