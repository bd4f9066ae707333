import { EventEmitter } from 'node:events';

/** Where an end of a channel goes that was handed to another process. */
export interface Away {
  post(data: unknown): void;
  close(): void;
}

/** An end of a channel in the main process, with the refusals that Electron's has. */
export class MessagePortMain extends EventEmitter {
  peer: MessagePortMain | null = null;
  #away: Away | null = null;
  #started = false;
  #closed = false;
  #early: unknown[] = [];

  start(): void {
    this.#started = true;
    for (const data of this.#early.splice(0)) this.emit('message', { data, ports: [] });
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (this.#away !== null) throw new Error('The port was transferred and can no longer be used');
    if (transfer.length > 0) throw new TypeError('Port at index 0 is not a valid port');
    const copy: unknown = structuredClone(message);
    const { peer } = this;
    if (!this.#closed) setImmediate(() => peer?.accept(copy));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { peer } = this;
    setImmediate(() => peer?.shut());
    setImmediate(() => this.emit('close'));
  }

  /** From the other end. */
  accept(data: unknown): void {
    if (this.#closed) return;
    if (this.#away !== null) this.#away.post(data);
    else if (this.#started) this.emit('message', { data, ports: [] });
    else this.#early.push(data);
  }

  shut(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#away?.close();
    this.emit('close');
  }

  /** Hands this end to another process; what is answered takes what comes from there. */
  handTo(away: Away): Away {
    if (this.#away !== null || this.#started) throw new Error('Port is already in use and cannot be transferred');
    this.#away = away;
    for (const data of this.#early.splice(0)) away.post(data);
    return { post: (data) => this.peer?.accept(data), close: () => this.peer?.shut() };
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain();
  readonly port2 = new MessagePortMain();

  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

/** Only ports may be transferred: everything else is refused, buffers too. */
export function portsOf(transfer: readonly unknown[]): readonly MessagePortMain[] {
  return transfer.map((one, at) => {
    if (!(one instanceof MessagePortMain)) throw new TypeError(`Port at index ${at} is not a valid port`);
    return one;
  });
}
