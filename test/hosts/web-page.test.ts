import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { handlersOn } from '../../shared/services/handlers.ts';
import { localPorts } from '../../main/engine-process/local-ports.ts';
import { Authority } from '../../main/hosts/web/authority.ts';
import { socketTransport } from '../../main/hosts/web/socket-transport.ts';
import { openClient } from '../../shared/client/client.ts';
import { Reach } from '../../main/hosts/web/reach.ts';
import { openLocalPage, type LocalPage } from '../../main/hosts/web/server.ts';

let page: LocalPage;
let folder: string;
let stale = 0;
let guessing = 0;
let cookie = '';
let token = '';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: page.port,
        path,
        method: options.method ?? 'GET',
        headers: options.headers,
        setHost: options.headers?.['Host'] === undefined,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

/** How an attempt to open the line ends: 'open', or the status it was refused with. */
function dial(headers: Record<string, string>, protocols: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${page.port}/line`, [...protocols], { headers });
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_, response) => resolve(String(response.statusCode)));
    socket.on('error', () => resolve('error'));
  });
}

const origin = (): string => `http://127.0.0.1:${page.port}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'runboard-page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<meta name="style-nonce" content="__STYLE_NONCE__">');
  writeFileSync(join(folder, 'assets/a.js'), '1');
  writeFileSync(join(folder, 'secret.txt'), 'not a page file');
  page = await openLocalPage({
    handlers: handlersOn(localPorts(join(folder, 'workspace'))),
    reach: new Reach({ workspace: join(folder, 'workspace'), visible: [folder], given: [] }),
    folder,
    port: 0,
    onStaleKey: () => stale++,
    onGuessing: () => guessing++,
  });
  const first = await ask(new URL(page.address()).pathname + new URL(page.address()).search);
  cookie = String(first.headers['set-cookie']).split(';')[0];
  const session = await ask('/session', {
    method: 'POST',
    headers: { Cookie: cookie, Origin: origin(), 'X-Runboard': '1' },
  });
  token = (JSON.parse(session.body) as { token: string }).token;
});
afterAll(() => page.close());

describe('the local page', () => {
  it('listens on the loopback address alone', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((one) => one ?? [])
      .filter((one) => !one.internal)
      .map((one) => one.address);
    for (const host of ['::1', ...others]) {
      const outcome = await new Promise<string>((resolve) => {
        const socket = connect({ port: page.port, host, timeout: 3_000 }, () => resolve('open'));
        socket.on('error', (fault: NodeJS.ErrnoException) => resolve(fault.code ?? 'error'));
        socket.on('timeout', () => resolve('timeout'));
      });
      expect(outcome, host).not.toBe('open');
    }
    expect((await ask('/', { headers: { Cookie: cookie } })).status).toBe(200);
  });

  it('takes a key for sixty seconds, and compares secrets of 256 bits', () => {
    const authority = new Authority(1234);
    const keyOf = (at: number): string => new URL(authority.address(at)).searchParams.get('key') ?? '';
    const [early, late] = [keyOf(0), keyOf(0)];
    expect(Buffer.from(early, 'base64url')).toHaveLength(32);
    expect(Buffer.from(authority.token, 'base64url')).toHaveLength(32);
    expect(authority.exchange(early, 59_000)).toBe(true);
    expect(authority.exchange(late, 61_000)).toBe(false);
    expect(authority.setCookie).toMatch(/^runboard-1234-[0-9a-f]{8}=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(authority.setCookie).not.toContain(authority.token);
  });

  it('swaps a key for a cookie once, and only once', async () => {
    const address = new URL(page.address());
    const first = await ask(address.pathname + address.search);
    expect([first.status, first.headers['location']]).toEqual([302, '/']);
    expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict; Path=\//);
    const before = stale;
    expect((await ask(address.pathname + address.search)).status).toBe(403);
    expect(stale).toBe(before + 1);
    expect((await ask('/?key=guess')).status).toBe(403);
    const again = await ask(address.pathname + address.search, { headers: { Cookie: cookie } });
    expect([again.status, again.headers['location'], again.headers['set-cookie']]).toEqual([302, '/', undefined]);
  });

  it('shows nothing without the cookie, and only files of the window with it', async () => {
    expect((await ask('/')).status).toBe(403);
    expect((await ask('/assets/a.js')).status).toBe(403);
    const headers = { Cookie: cookie };
    expect((await ask('/', { headers })).status).toBe(200);
    expect((await ask('/assets/a.js', { headers })).body).toBe('1');
    for (const path of [
      '/secret.txt',
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/..%2findex.html',
      '/assets/',
      '/workspace/runs.db',
      '/workspace/design.runboard',
      '/exports/write-up.html',
      '/file:///etc/passwd',
      '/assets%5ca.js',
    ]) {
      expect((await ask(path, { headers })).status, path).toBe(404);
    }
    for (const path of ['/assets\\a.js', '/index.html#x', '//x y', 'http://evil.test/', '*'])
      expect([400, 403], path).toContain((await ask(path, { headers }).catch(() => ({ status: 400 }))).status);
  });

  /** The status of what is sent as it stands, and whether anything of the window came with it. */
  function sent(lines: readonly string[]): Promise<{ status: number; shown: boolean }> {
    return new Promise((resolve) => {
      let heard = '';
      const socket = connect(page.port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
      socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
      socket.on('close', () => resolve({ status: Number(heard.slice(9, 12)), shown: heard.includes('style-nonce') }));
    });
  }

  it('answers to its own names only, each in one spelling', async () => {
    const { port } = page;
    const headers = { Cookie: cookie };
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
      expect((await ask('/', { headers: { ...headers, Host: host } })).status, host).toBe(200);
    const others = `evil.test evil.test:${port} 127.0.0.1:${port + 1} 127.0.0.1.evil.test:${port} 127.0.0.1:${port}.evil.test
      [::1]:${port} [::ffff:127.0.0.1]:${port} 127.0.0.1 localhost 127.0.0.1.:${port} localhost.:${port} LOCALHOST:${port}
      0.0.0.0:${port} 127.1:${port} 2130706433:${port} 0x7f.0.0.1:${port} 127.0.0.1:0${port} 127.0.0.1:${port}0
      a@127.0.0.1:${port} 127.0.0.1:${port}/ x.localhost:${port}`;
    for (const host of others.split(/\s+/)) {
      expect((await ask('/', { headers: { ...headers, Host: host } })).status, host).toBe(403);
      // A name that was made to lead here says the same in both headers.
      const rebound = { ...headers, Host: host, Origin: `http://${host}` };
      expect(await dial(rebound, ['runboard', `key.${token}`]), host).toBe('403');
    }
    const [own, close] = [`Host: 127.0.0.1:${port}`, 'Connection: close'];
    const get = 'GET / HTTP/1.1';
    expect(await sent([get, own, `Cookie: ${cookie}`, close])).toEqual({ status: 200, shown: true });
    for (const lines of [
      [get, own, 'Host: evil.test'],
      [get, 'Host: evil.test', own],
      [get, own, own],
      [get, 'Host:'],
      [get],
      ['GET / HTTP/1.0'],
      [`GET http://127.0.0.1:${port}/ HTTP/1.1`, own],
    ]) {
      const { status, shown } = await sent([...lines, `Cookie: ${cookie}`, close]);
      expect([[400, 403].includes(status), shown], lines.join()).toEqual([true, false]);
    }
  });

  it('opens a session and a line only for its own origin, with cookie and token', async () => {
    const refused: readonly Record<string, string>[] = [
      {},
      { Origin: 'null' },
      { Origin: 'http://evil.test' },
      { Origin: origin().toUpperCase() },
      { Origin: `http://127.0.0.1:${page.port + 1}` },
      { Origin: `http://localhost:${page.port}` },
      { Origin: `${origin()}0` },
      { Origin: `${origin()}.evil.test` },
      { Origin: origin(), 'Sec-Fetch-Site': 'cross-site' },
      { Origin: origin(), 'Sec-Fetch-Site': 'same-site' },
    ];
    for (const headers of refused) {
      expect(
        (await ask('/session', { method: 'POST', headers: { Cookie: cookie, 'X-Runboard': '1', ...headers } })).status,
        JSON.stringify(headers),
      ).toBe(403);
      expect(await dial({ Cookie: cookie, ...headers }, ['runboard', `key.${token}`]), JSON.stringify(headers)).toBe(
        '403',
      );
    }
    const good = { Cookie: cookie, Origin: origin(), 'X-Runboard': '1' };
    const statusOf = async (headers: Record<string, string>, method = 'POST'): Promise<number> =>
      (await ask('/session', { method, headers })).status;
    expect(await statusOf(good)).toBe(200);
    expect(await statusOf({ Origin: origin(), 'X-Runboard': '1' })).toBe(403);
    expect(await statusOf({ Cookie: cookie, Origin: origin() })).toBe(403);
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT']) expect(await statusOf(good, method), method).toBe(403);
    expect(await dial({ Origin: origin() }, ['runboard', `key.${token}`])).toBe('403');
    expect(await dial({ Origin: origin(), Cookie: cookie }, ['runboard', 'key.wrong'])).toBe('403');
    expect(await dial({ Origin: origin(), Cookie: cookie }, ['runboard', `key.${token}`])).toBe('open');
  });

  it('puts the same strict policy on every answer, refusals included', async () => {
    for (const answer of [
      await ask('/'),
      await ask('/', { headers: { Cookie: cookie } }),
      await ask('/nothing', { headers: { Cookie: cookie } }),
    ]) {
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-");
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(answer.headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(policy).toContain("frame-ancestors 'none'");
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('takes no other method', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])
      expect((await ask('/', { method, headers: { Cookie: cookie, Origin: origin() } })).status, method).toBe(405);
  });

  it('survives nonsense on the line', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${page.port}/line`, ['runboard', `key.${token}`], {
      headers: { Origin: origin(), Cookie: cookie },
    });
    await new Promise((resolve) => socket.once('open', resolve));
    for (const text of [
      '',
      '{',
      '[]',
      'null',
      '{"kind":"request"}',
      '{"kind":"request","id":-1,"method":"doctor"}',
      '"x"'.repeat(1000),
    ])
      socket.send(text);
    socket.send(Buffer.from([0, 255, 1]));
    socket.send(JSON.stringify({ kind: 'request', id: 7, method: 'templates.list' }));
    const answer = await new Promise<{ kind: string; id: number }>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as { kind: string; id: number };
        if (message.id === 7) resolve(message);
      });
    });
    expect(answer.kind).toBe('answer');
    socket.close();
  });

  /** A line of ours, opened as the page opens it. */
  async function openedLine(): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${page.port}/line`, ['runboard', `key.${token}`], {
      headers: { Origin: origin(), Cookie: cookie },
    });
    await new Promise((resolve) => socket.once('open', resolve));
    return socket;
  }

  it('refuses a frame above 1 MiB, ends that line alone, and takes one of just that length', async () => {
    const [large, other] = [await openedLine(), await openedLine()];
    const padded = (bytes: number): string => {
      const text = JSON.stringify({ kind: 'request', id: 1, method: 'templates.list', pad: '' });
      return text.replace('"pad":""', `"pad":"${'x'.repeat(bytes - text.length)}"`);
    };
    const mebibyte = 1024 * 1024;
    const answer = new Promise((resolve) => large.once('message', resolve));
    large.send(padded(mebibyte));
    await answer;
    const ended = new Promise<number>((resolve) => large.once('close', resolve));
    large.on('error', () => {});
    large.send(padded(mebibyte + 1));
    expect(await ended).toBe(1009);
    const again = new Promise((resolve) => other.once('message', resolve));
    other.send(padded(1_000));
    await again;
    other.close();
  });

  it('lets no request through that names a file out of reach, whatever the method, and answers the others', async () => {
    const client = openClient(socketTransport(await openedLine()));
    const path = '/etc/passwd';
    const design = { format: 'runboard', version: 1, title: 'T', seed: 1, board: { nodes: [], edges: [] } } as const;
    const out = join(folder, 'out.db');
    const within = { ...design, data: { path } };
    const beyond: readonly Promise<unknown>[] = [
      client.call('designs.open', { path }),
      client.call('designs.open', { path: `${folder}/../../etc/passwd` }),
      client.call('designs.save', { path: '/etc/x.runboard', design: design as never, expectedDigest: null }),
      client.call('designs.hold', { draft: 'aaaaaaaa-0001', path, take: true }),
      client.call('datasets.peek', { path, format: 'csv' }),
      client.call('datasets.import', { path, format: 'csv', out, map: {} }),
      client.call('datasets.import', { path: join(folder, 'index.html'), format: 'csv', out: '/etc/x.db', map: {} }),
      client.call('datasets.generate', { recipe: 'video-catalogue', out: '/etc/x.db' }),
      client.call('datasets.inspect', { path }),
      client.call('datasets.page', { path, table: 'events', offset: 0, limit: 1 }),
      client.call('runs.start', { design: design as never, designPath: null, data: path }),
      client.call('runs.start', { design: within as never, designPath: null }),
      client.call('runs.plan', { design: within as never, designPath: join(folder, 'a.runboard') }),
      client.call('exports.write', { design: design as never, format: 'md', out: '/etc' }),
    ];
    for (const [at, end] of (await Promise.allSettled(beyond)).entries())
      expect(end, `request ${at}`).toMatchObject({
        status: 'rejected',
        reason: { code: 'bad-input', message: 'this lies outside of the folders that the page in the browser may use' },
      });
    await expect(client.call('designs.open', { path: join(folder, 'none.runboard') })).rejects.toMatchObject({
      code: 'not-found',
    });
    client.close();
  });

  it('takes and gives a design of 40 MB, in pieces', async () => {
    const socket = await openedLine();
    const client = openClient(socketTransport(socket));
    const path = join(folder, 'large.runboard');
    const writeup = { S1: Array.from({ length: 40 }, (_, at) => `${at} ${'é'.repeat(500_000)}`) };
    const design = { format: 'runboard', version: 1, title: 'T', seed: 1, board: { nodes: [], edges: [] }, writeup };
    await client.call('designs.save', { path, design: design as never, expectedDigest: null });
    const opened = await client.call('designs.open', { path });
    expect(JSON.stringify(opened.design) === JSON.stringify({ ...opened.design, writeup })).toBe(true);
    socket.close();
  });

  it('slows those down who try wrong secrets, says so once, and nobody else', async () => {
    const strangers = await Promise.all(Array.from({ length: 15 }, (_, i) => ask(`/?key=guess${i}`)));
    expect(strangers.map((one) => one.status)).toContain(429);
    expect((await ask('/assets/a.js')).status).toBe(429);
    expect(guessing).toBe(1);
    expect((await ask('/', { headers: { Cookie: cookie } })).status).toBe(200);
    const address = new URL(page.address());
    expect((await ask(address.pathname + address.search)).status).toBe(302);
  });
});
