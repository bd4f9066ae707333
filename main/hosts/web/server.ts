import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Handlers } from '#shared/contract/methods.ts';
import { serve } from '#shared/services/serve.ts';
import { Authority } from './authority.ts';
import { guard, readPage, sendFile, type PageFile } from './page.ts';
import { socketTransport } from './socket-transport.ts';

/** Messages larger than the largest design with room to spare are cut off. */
const messageBytes = 96 * 1024 * 1024;

export interface LocalPage {
  readonly port: number;
  /** A fresh address that opens the window once. */
  address(): string;
  close(): Promise<void>;
}

export interface LocalPageOptions {
  readonly handlers: Handlers;
  /** Folder of the built window. */
  readonly folder: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Told when someone came with a key that no longer works. */
  onStaleKey(): void;
}

interface Serving {
  readonly authority: Authority;
  readonly files: ReadonlyMap<string, PageFile>;
  onStaleKey(): void;
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
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
  if (path === '/session') {
    const allowed =
      request.method === 'POST' &&
      authority.originIsOurs(request) &&
      request.headers['x-runboard'] === '1' &&
      authority.hasCookie(request);
    if (!allowed) return refuse(response, 403, 'No session.');
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ token: authority.token }));
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Only reading is possible here.');
  const key = new URLSearchParams(query).get('key');
  if (path === '/' && key !== null) {
    if (!authority.exchange(key)) {
      serving.onStaleKey();
      return refuse(
        response,
        403,
        'This address was used before or is too old. A fresh one is in the terminal where Runboard runs.',
      );
    }
    response.writeHead(302, { Location: '/', 'Set-Cookie': authority.setCookie });
    response.end();
    return;
  }
  if (!authority.hasCookie(request))
    return refuse(response, 403, 'Open the address that Runboard printed in the terminal.');
  const file = files.get(path === '/' ? '/index.html' : path);
  if (file === undefined) return refuse(response, 404, 'There is nothing here.');
  sendFile(response, file, nonce, request.method === 'HEAD');
}

function openLines(server: Server, serving: Serving, handlers: Handlers): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: messageBytes, handleProtocols: () => 'runboard' });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const { authority } = serving;
    const allowed =
      request.url === '/line' &&
      authority.hostIsOurs(request) &&
      authority.originIsOurs(request) &&
      authority.hasCookie(request) &&
      authority.hasToken(request);
    if (!allowed) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', () => socket.terminate());
      serve(handlers, socketTransport(socket));
    });
  });
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
export async function openLocalPage({ handlers, folder, port, onStaleKey }: LocalPageOptions): Promise<LocalPage> {
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
  const serving: Serving = { authority: new Authority(bound), files, onStaleKey };
  server.on('request', (request, response) => answer(serving, request, response));
  const lines = openLines(server, serving, handlers);
  return {
    port: bound,
    address: () => serving.authority.address(),
    close: async () => {
      for (const socket of lines.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
