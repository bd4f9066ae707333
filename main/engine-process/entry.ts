// The engine as a process of its own: over one channel with its host come the lines of all windows.
import type { EventEmitter } from 'node:events';
import { LineBundle } from '#shared/client/line-bundle.ts';
import { portTransport } from '#shared/client/port-transport.ts';
import { handlersOn } from '#shared/services/handlers.ts';
import { serve } from '#shared/services/serve.ts';
import { localPorts } from './local-ports.ts';

/** The program around a utility process. */
interface ParentPort extends EventEmitter {
  postMessage(value: unknown): void;
}

const parent = (process as { parentPort?: ParentPort }).parentPort;
const workspace = process.argv.at(-1);
if (workspace === undefined || (parent === undefined && process.send === undefined))
  throw new Error('entry.ts runs as a process of a host, with the workspace as its last argument');

const ports = localPorts(workspace);
const handlers = handlersOn(ports);

function send(message: unknown): void {
  if (parent !== undefined) parent.postMessage(message);
  else if (process.connected) process.send?.(message);
}

const bundle = new LineBundle(send, (port) => serve(handlers, portTransport(port)));

/** What a host asks to see whether we hang is answered with the same. */
function hear(message: unknown): void {
  if ((message as { beat?: unknown } | null)?.beat === true) send(message);
  else bundle.hear(message);
}

if (parent === undefined) {
  process.on('message', hear);
  // Whoever started us is gone, or wants us to end; Ctrl+C in the terminal is for them to hear.
  process.on('disconnect', () => {
    bundle.end();
    void ports.close().finally(() => process.exit(0));
  });
  process.on('SIGINT', () => {});
} else parent.on('message', ({ data }: { readonly data: unknown }) => hear(data));
// In a utility process a rejection that nobody handles is only a warning: an engine in an unknown state ends instead.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`${reason instanceof Error ? reason.stack : String(reason)}\n`, () => process.exit(1));
});
