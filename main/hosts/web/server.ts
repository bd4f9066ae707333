import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Handlers } from '#shared/contract/methods.ts';
import { serve } from '#shared/services/serve.ts';
import { Authority } from './authority.ts';
import type { KeptEngine } from './kept-engine.ts';
import { guard, readPage, sendFile, type PageFile } from './page.ts';
import { pingLines, watchIdle, type Idle } from './present.ts';
import { withinReach, type Reach } from './reach.ts';
import { serveBeside } from './split-line.ts';
import { frameBytes, socketTransport } from './socket-transport.ts';

export interface LocalPage {
  readonly port: number;
  /** A fresh address that opens the window once. */
  address(): string;
  close(): Promise<void>;
}

export interface LocalPageOptions {
  readonly handlers: Handlers;
  /** Where boards are run; the handlers do that themselves where it is absent. */
  readonly engine?: KeptEngine;
  /** Which files the page may name. */
  readonly reach: Reach;
  /** Folder of the built window. */
  readonly folder: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Told when someone came with a key that no longer works. */
  onStaleKey(): void;
  /** Told once when somebody tries one wrong secret after the other. */
  onGuessing?(): void;
  readonly pingMillis?: number;
  /** Told when every window has gone, and none came back. */
  readonly idle?: Idle;
}

interface Serving {
  readonly authority: Authority;
  readonly files: ReadonlyMap<string, PageFile>;
  onStaleKey(): void;
  /** Told when somebody tries one wrong secret after the other. */
  onGuessing(): void;
}

/** How long those are kept waiting who try wrong secrets one after the other. */
const slowMillis = 1_000;

/** How often a line is asked whether its other end is still there, unless a test says otherwise. */
const usualPingMillis = 20_000;

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

/** Refuses who came with a wrong secret, or with none; after too many of them late and without a reason. */
function refuseStranger(serving: Serving, response: ServerResponse, text: string, onRefused = (): void => {}): void {
  if (!serving.authority.guessed()) {
    onRefused();
    return refuse(response, 403, text);
  }
  serving.onGuessing();
  setTimeout(() => refuse(response, 429, 'Too many wrong keys.'), slowMillis);
}

/** The session of a page that has the cookie: what it says over the line is believed with this token alone. */
function answerSession(serving: Serving, request: IncomingMessage, response: ServerResponse): void {
  const { authority } = serving;
  const ours = request.method === 'POST' && authority.originIsOurs(request) && request.headers['x-runboard'] === '1';
  if (!ours) return refuse(response, 403, 'No session.');
  if (!authority.hasCookie(request)) return refuseStranger(serving, response, 'No session.');
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ token: authority.token }));
}

/** Swaps the key of a printed address for the cookie, once. */
function exchangeKey(serving: Serving, request: IncomingMessage, response: ServerResponse, key: string): void {
  const { authority } = serving;
  const good = authority.exchange(key);
  // Whoever has the cookie is in already: an old address in the history of the same browser does no harm.
  if (good || authority.hasCookie(request)) {
    response.writeHead(302, { Location: '/', ...(good ? { 'Set-Cookie': authority.setCookie } : {}) });
    response.end();
    return;
  }
  const text = 'This address was used before or is too old. A fresh one is in the terminal where Runboard runs.';
  refuseStranger(serving, response, text, () => serving.onStaleKey());
}

/** Answers a request: the key's exchange, the session, or a file of the window, in that order; nothing else exists. */
function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): void {
  const { authority, files } = serving;
  const nonce = guard(response);
  const target = request.url ?? '';
  if (!authority.hostIsOurs(request)) return refuse(response, 403, 'This address is not served here.');
  if (!/^\/[\x21\x23-\x5b\x5d-\x7e]*$/.test(target) || target.includes('#'))
    return refuse(response, 400, 'This is not an address.');
  const [path, query = ''] = target.split('?', 2);
  if (path === '/session') return answerSession(serving, request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Only reading is possible here.');
  const key = new URLSearchParams(query).get('key');
  if (path === '/' && key !== null) return exchangeKey(serving, request, response, key);
  if (!authority.hasCookie(request))
    return refuseStranger(serving, response, 'Open the address that Runboard printed in the terminal.');
  const file = files.get(path === '/' ? '/index.html' : path);
  if (file === undefined) return refuse(response, 404, 'There is nothing here.');
  sendFile(response, file, nonce, request.method === 'HEAD');
}

function openLines(
  server: Server,
  serving: Serving,
  { handlers, engine, pingMillis = usualPingMillis, idle, reach }: LocalPageOptions,
): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: frameBytes, handleProtocols: () => 'runboard' });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const { authority } = serving;
    const ours = request.url === '/line' && authority.hostIsOurs(request) && authority.originIsOurs(request);
    const known = authority.hasCookie(request) && authority.hasToken(request);
    if (ours && !known) authority.guessed();
    if (!ours || !known) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      sockets.emit('connection', socket, request);
      socket.on('error', () => socket.terminate());
      const line = withinReach(socketTransport(socket), reach);
      if (engine === undefined) serve(handlers, line);
      else serveBeside(handlers, line, engine);
    });
  });
  pingLines(sockets, pingMillis);
  if (idle !== undefined) watchIdle(sockets, idle);
  return sockets;
}

function pageOf(folder: string): ReadonlyMap<string, PageFile> {
  try {
    return readPage(folder);
  } catch {
    throw new RunboardError('unavailable', 'the window has not been built yet', {
      where: folder,
      remedy: 'run `npm run build` once',
    });
  }
}

/** Serves the window on the loopback address: its files, and the line to the handlers. */
export async function openLocalPage(options: LocalPageOptions): Promise<LocalPage> {
  const { folder, port, onStaleKey } = options;
  const files = pageOf(folder);
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) =>
      reject(
        new RunboardError('unavailable', `port ${port} cannot be listened on (${fault.code})`, {
          remedy: 'leave out --port, or choose another',
        }),
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const bound = (server.address() as AddressInfo).port;
  let told = false;
  const onGuessing = (): void => {
    if (!told) options.onGuessing?.();
    told = true;
  };
  const serving: Serving = { authority: new Authority(bound), files, onStaleKey, onGuessing };
  server.on('request', (request, response) => answer(serving, request, response));
  const lines = openLines(server, serving, options);
  return {
    port: bound,
    address: () => serving.authority.address(),
    close: async () => {
      lines.close();
      for (const socket of lines.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
