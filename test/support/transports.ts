import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { socketTransport } from '../../main/hosts/web/socket-transport.ts';
import { memoryTransports } from '../../shared/client/memory-transport.ts';
import { portTransport, type Port } from '../../shared/client/port-transport.ts';
import type { Transport } from '../../shared/contract/methods.ts';

/** Both ends of a line, and how to let go of what lies between. */
export interface OpenLine {
  /** The client's end. */
  readonly near: Transport;
  /** The handlers' end. */
  readonly far: Transport;
  /** Puts something on the line that no transport would; absent where there is no line to put it on. */
  readonly garble?: (raw: string) => void;
  release(): Promise<void>;
}

/** A kind of line between client and handlers, for the suite that runs over all of them. */
export interface Line {
  readonly name: string;
  open(): Promise<OpenLine>;
}

/** Longest message on the lines of the suite, which have a limit. */
export const messageLimit = 4 * 1024 * 1024;

async function openSocketLine(): Promise<OpenLine> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, maxPayload: messageLimit });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const accepted = new Promise<WebSocket>((done) => sockets.once('connection', done));
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await new Promise((done) => socket.once('open', done));
  const other = await accepted;
  for (const one of [socket, other]) one.on('error', () => one.terminate());
  return {
    near: socketTransport(socket),
    far: socketTransport(other),
    garble: (raw) => socket.send(raw),
    release: async () => {
      for (const one of [socket, other]) one.terminate();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function portOf(port: MessagePort): Port {
  return {
    postMessage: (value) => port.postMessage(value),
    onMessage: (listener) => {
      port.addEventListener('message', (event) => listener((event as MessageEvent<unknown>).data));
      port.start();
    },
    onClose: (listener) => port.addEventListener('close', () => listener()),
    close: () => port.close(),
  };
}

async function openPortLine(): Promise<OpenLine> {
  const { port1, port2 } = new MessageChannel();
  const limits = { message: messageLimit, backlog: 8 * messageLimit };
  return {
    near: portTransport(portOf(port1), limits),
    far: portTransport(portOf(port2), limits),
    garble: (raw) => port1.postMessage(raw),
    release: async () => port1.close(),
  };
}

/** Every line that the product speaks over. */
export const lines: readonly Line[] = [
  {
    name: 'memory',
    open: async () => {
      const [near, far] = memoryTransports();
      return { near, far, release: async () => near.close() };
    },
  },
  { name: 'WebSocket', open: openSocketLine },
  { name: 'message port', open: openPortLine },
];
