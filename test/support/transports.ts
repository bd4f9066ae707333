import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import { frameBytes, socketTransport } from '../../main/hosts/web/socket-transport.ts';
import { LineBundle } from '../../shared/client/line-bundle.ts';
import { memoryTransports } from '../../shared/client/memory-transport.ts';
import { portTransport, type Port } from '../../shared/client/port-transport.ts';
import type { Transport } from '../../shared/contract/messages.ts';

/** Both ends of a line, and how to let go of what lies between. */
export interface OpenLine {
  /** The client's end. */
  readonly near: Transport;
  /** The handlers' end. */
  readonly far: Transport;
  /** Puts something on the line that no transport would; absent where there is no line to put it on. */
  readonly garble?: (raw: string) => void;
  /** Makes the client's end stop reading; absent where nothing can lie in between. */
  readonly stall?: () => void;
  /** Cuts what carries the line, as a crash or a pulled cable does; absent where nothing carries it. */
  readonly cut?: () => void;
  release(): Promise<void>;
}

/** A kind of line between client and handlers, for the suite that runs over all of them. */
export interface Line {
  readonly name: string;
  open(): Promise<OpenLine>;
}

/** Longest message on the lines of the suite, which have a limit. */
export const messageLimit = 4 * 1024 * 1024;

/** What may be under way to a reader that does not keep up. */
export const backlogLimit = 8 * messageLimit;

const limits = { message: messageLimit, backlog: backlogLimit };

async function openSocketLine(): Promise<OpenLine> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, maxPayload: frameBytes });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const accepted = new Promise<WebSocket>((done) => sockets.once('connection', done));
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await new Promise((done) => socket.once('open', done));
  const other = await accepted;
  for (const one of [socket, other]) one.on('error', () => one.terminate());
  return {
    near: socketTransport(socket, { message: 2 * messageLimit, backlog: backlogLimit }),
    far: socketTransport(other, limits),
    garble: (raw) => socket.send(raw),
    stall: () => socket.pause(),
    cut: () => other.terminate(),
    release: async () => {
      for (const one of [socket, other]) one.terminate();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** A port that can be made to stop reading. */
function stallable(port: Port): { port: Port; stall(): void } {
  let stalled = false;
  return {
    port: {
      postMessage: (value) => port.postMessage(value),
      onMessage: (listener) => port.onMessage((value) => stalled || listener(value)),
      onClose: (listener) => port.onClose(listener),
      close: () => port.close(),
    },
    stall: () => void (stalled = true),
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
  const { port, stall } = stallable(portOf(port1));
  return {
    near: portTransport(port, limits),
    far: portTransport(portOf(port2), limits),
    garble: (raw) => port1.postMessage(raw),
    stall,
    cut: () => port2.close(),
    release: async () => port1.close(),
  };
}

/** What carries a message between the two ends of a bundle: a process that hands back what it is given. */
const relay = join(import.meta.dirname, 'relay.ts');

/** The line of the local page to its engine: two bundles with a real process between them. */
async function openChannelLine(): Promise<OpenLine> {
  const child = fork(relay, { serialization: 'advanced' });
  await new Promise((done) => child.once('message', done));
  const opened = Promise.withResolvers<Port>();
  const send = (to: string) => (message: unknown) => void (child.connected && child.send({ to, message }, () => {}));
  const [ours, theirs] = [new LineBundle(send('theirs')), new LineBundle(send('ours'), opened.resolve)];
  child.on('message', ({ to, message }: { to: string; message: unknown }) =>
    (to === 'theirs' ? theirs : ours).hear(message),
  );
  child.once('exit', () => {
    ours.end();
    theirs.end();
  });
  const raw = ours.open();
  const { port, stall } = stallable(raw);
  return {
    near: portTransport(port, limits),
    far: portTransport(await opened.promise, limits),
    garble: (text) => raw.postMessage(text),
    stall,
    cut: () => child.kill('SIGKILL'),
    release: async () => void child.kill('SIGKILL'),
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
  { name: "channel to the engine's process", open: openChannelLine },
];
