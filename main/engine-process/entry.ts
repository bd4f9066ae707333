// The engine as a process of its own: each message port that arrives, or each line of the channel, is a line to a window.
import type { EventEmitter } from 'node:events';
import { LineBundle } from '#shared/client/line-bundle.ts';
import { portTransport, type Port } from '#shared/client/port-transport.ts';
import { handlersOn } from '#shared/services/handlers.ts';
import { serve } from '#shared/services/serve.ts';
import { localPorts } from './local-ports.ts';

/** A message port as a utility process gets it. */
interface LinePort extends EventEmitter {
  postMessage(value: unknown): void;
  start(): void;
  close(): void;
}

interface Delivery {
  readonly ports: readonly LinePort[];
  readonly data: unknown;
}

/** The program around a utility process. */
interface ParentPort extends EventEmitter {
  postMessage(value: unknown): void;
}

const parent = (process as { parentPort?: ParentPort }).parentPort;
const workspace = process.argv.at(-1);
if (workspace === undefined || (parent === undefined && process.send === undefined))
  throw new Error('entry.ts runs as a process of a host, with the workspace as its last argument');

function portOf(line: LinePort): Port {
  return {
    postMessage: (value) => line.postMessage(value),
    onMessage: (listener) => {
      line.on('message', (event: { readonly data: unknown }) => listener(event.data));
      line.start();
    },
    onClose: (listener) => void line.once('close', listener),
    close: () => line.close(),
  };
}

const ports = localPorts(workspace);
const handlers = handlersOn(ports);
/** What a host asks to see whether we hang is answered with the same. */
const isBeat = (value: unknown): boolean => (value as { beat?: unknown } | null)?.beat === true;

/** Electron: ports arrive through the port of the parent. */
function servePorts(from: ParentPort): void {
  from.on('message', ({ ports: arrived, data }: Delivery) => {
    if (isBeat(data)) from.postMessage(data);
    for (const line of arrived) serve(handlers, portTransport(portOf(line)));
  });
}

/** The local page: several lines over the channel of a child. */
function serveChannel(): void {
  const send = (message: unknown): void => void (process.connected && process.send?.(message));
  const bundle = new LineBundle(send, (port) => serve(handlers, portTransport(port)));
  process.on('message', (message) => (isBeat(message) ? send(message) : bundle.hear(message)));
  // Whoever started us is gone, or wants us to end; Ctrl+C in the terminal is for them to hear.
  process.on('disconnect', () => {
    bundle.end();
    void ports.close().finally(() => process.exit(0));
  });
  process.on('SIGINT', () => {});
}

if (parent === undefined) serveChannel();
else servePorts(parent);
// In a utility process a rejection that nobody handles is only a warning: an engine in an unknown state ends instead.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`${reason instanceof Error ? reason.stack : String(reason)}\n`, () => process.exit(1));
});
