// Gives a child of Node what a utility process has: process.parentPort, and ports that arrive through it.
import { EventEmitter } from 'node:events';

interface FromMain {
  readonly kind: 'message' | 'port' | 'port-close';
  readonly id: number;
  readonly ids?: readonly number[];
  readonly data?: unknown;
}

class Port extends EventEmitter {
  readonly #id: number;
  #started = false;
  #early: unknown[] = [];

  constructor(id: number) {
    super();
    this.#id = id;
  }

  start(): void {
    this.#started = true;
    for (const data of this.#early.splice(0)) this.emit('message', { data, ports: [] });
  }

  postMessage(data: unknown): void {
    process.send?.({ kind: 'port', id: this.#id, data });
  }

  close(): void {
    process.send?.({ kind: 'port-close', id: this.#id });
    setImmediate(() => this.emit('close'));
  }

  accept(data: unknown): void {
    if (this.#started) this.emit('message', { data, ports: [] });
    else this.#early.push(data);
  }
}

/** Keeps what comes until somebody listens, as Electron's does: a script that is still being loaded misses nothing. */
class ParentPort extends EventEmitter {
  #early: object[] = [];

  constructor() {
    super();
    this.on('newListener', (name) => name === 'message' && process.nextTick(() => this.#catchUp()));
  }

  deliver(event: object): void {
    this.#early.push(event);
    if (this.listenerCount('message') > 0) this.#catchUp();
  }

  #catchUp(): void {
    for (const event of this.#early.splice(0)) this.emit('message', event);
  }

  postMessage(data: unknown): void {
    process.send?.({ kind: 'said', id: 0, data });
  }
}

const parentPort = new ParentPort();
const ports = new Map<number, Port>();
Object.defineProperty(process, 'parentPort', { value: parentPort });
process.on('message', ({ kind, id, ids, data }: FromMain) => {
  if (kind === 'port') ports.get(id)?.accept(data);
  else if (kind === 'port-close') ports.get(id)?.emit('close');
  else {
    const made = (ids ?? []).map((one) => {
      const port = new Port(one);
      ports.set(one, port);
      return port;
    });
    parentPort.deliver({ data, ports: made });
  }
});
// A utility process ends with the program that started it, without a chance to finish anything.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
