import type { Port } from './port-transport.ts';

/** What crosses a channel between two processes that carries several lines. */
interface OnChannel {
  readonly line: number;
  readonly is: 'open' | 'closed' | 'said';
  readonly value?: unknown;
}

function asOnChannel(value: unknown): OnChannel | null {
  const { line, is } = (value ?? {}) as Partial<OnChannel>;
  return Number.isSafeInteger(line) && (is === 'open' || is === 'closed' || is === 'said')
    ? (value as OnChannel)
    : null;
}

/** One end of a line in a bundle. What is said before somebody listens waits. */
class BundledPort implements Port {
  readonly #send: (is: OnChannel['is'], value?: unknown) => void;
  #listener: ((value: unknown) => void) | null = null;
  #early: unknown[] = [];
  #told: (() => void)[] = [];
  #open = true;

  constructor(send: (is: OnChannel['is'], value?: unknown) => void) {
    this.#send = send;
  }

  postMessage(value: unknown): void {
    if (this.#open) this.#send('said', value);
  }

  onMessage(listener: (value: unknown) => void): void {
    this.#listener = listener;
    for (const value of this.#early.splice(0)) listener(value);
  }

  onClose(listener: () => void): void {
    if (this.#open) this.#told.push(listener);
    else listener();
  }

  close(): void {
    if (this.#open) this.#send('closed');
    this.end();
  }

  hear(value: unknown): void {
    if (!this.#open) return;
    if (this.#listener === null) this.#early.push(value);
    else this.#listener(value);
  }

  end(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const listener of this.#told.splice(0)) listener();
  }
}

/** Several lines over one channel between two processes, as each of the two sees them. Only one of them opens lines. */
export class LineBundle {
  readonly #send: (message: OnChannel) => void;
  readonly #onOpened: (port: Port) => void;
  readonly #ports = new Map<number, BundledPort>();
  #last = 0;

  constructor(send: (message: unknown) => void, onOpened: (port: Port) => void = () => {}) {
    this.#send = send;
    this.#onOpened = onOpened;
  }

  /** A new line to the other process. */
  open(): Port {
    const line = ++this.#last;
    this.#send({ line, is: 'open' });
    return this.#add(line);
  }

  /** Takes what came over the channel; what is nothing of ours is dropped. */
  hear(received: unknown): void {
    const message = asOnChannel(received);
    if (message === null) return;
    const { line, is, value } = message;
    if (is === 'open' && !this.#ports.has(line)) this.#onOpened(this.#add(line));
    else if (is === 'said') this.#ports.get(line)?.hear(value);
    else if (is === 'closed') {
      const port = this.#ports.get(line);
      this.#ports.delete(line);
      port?.end();
    }
  }

  /** The channel is gone, and every line with it. */
  end(): void {
    const ports = [...this.#ports.values()];
    this.#ports.clear();
    for (const port of ports) port.end();
  }

  #add(line: number): BundledPort {
    const port = new BundledPort((is, value) => {
      if (is === 'closed') this.#ports.delete(line);
      this.#send({ line, is, value });
    });
    this.#ports.set(line, port);
    return port;
  }
}
