// The engine as a process of its own behind message ports: each port that arrives is a line to a window.
import type { EventEmitter } from 'node:events';
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
}

const parent = (process as { parentPort?: EventEmitter }).parentPort;
const workspace = process.argv.at(-1);
if (parent === undefined || workspace === undefined)
  throw new Error('entry.ts runs as a utility process, with the workspace as its last argument');

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

const handlers = handlersOn(localPorts(workspace));
parent.on('message', ({ ports }: Delivery) => {
  for (const line of ports) serve(handlers, portTransport(portOf(line)));
});
// In a utility process a rejection that nobody handles is only a warning: an engine in an unknown state ends instead.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`${reason instanceof Error ? reason.stack : String(reason)}\n`, () => process.exit(1));
});
