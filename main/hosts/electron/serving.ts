import { MessageChannelMain, type MessagePortMain } from 'electron';
import { portTransport, type Port } from '#shared/client/port-transport.ts';
import type { Handlers } from '#shared/contract/methods.ts';
import { handlersOn } from '#shared/services/handlers.ts';
import { localPorts } from '#main/engine-process/local-ports.ts';
import type { KeptEngine } from '#main/hosts/web/kept-engine.ts';
import { serveBeside } from '#main/hosts/web/split-line.ts';

function portOf(port: MessagePortMain): Port {
  return {
    postMessage: (value) => port.postMessage(value),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  };
}

/** What windows are answered in this process: designs are opened, kept and saved here, whatever becomes of the engine. */
export class Serving {
  readonly #handlers: Handlers;
  readonly #ports: ReturnType<typeof localPorts>;
  readonly #engine: KeptEngine;

  constructor(workspace: string, engine: KeptEngine) {
    this.#ports = localPorts(workspace);
    this.#handlers = handlersOn(this.#ports);
    this.#engine = engine;
  }

  /** A new line: what it answers is the window's end. */
  line(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    serveBeside(this.#handlers, portTransport(portOf(port1)), this.#engine);
    return port2;
  }

  close(): Promise<void> {
    return this.#ports.close();
  }
}
