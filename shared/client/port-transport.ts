import type { Message, Transport } from '#shared/contract/messages.ts';

/** What every message port has, whatever its events are called: Electron's, the window's, Node's. */
export interface Port {
  postMessage(value: unknown): void;
  onMessage(listener: (value: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

export interface PortLimits {
  /** Longest message, in characters: the same that a socket takes. */
  readonly message: number;
  /** What may be under way before a reader that does not keep up is let go. */
  readonly backlog: number;
}

const usual: PortLimits = { message: 96 * 1024 * 1024, backlog: 256 * 1024 * 1024 };

/** Characters read after which the other end is told: ports do not say by themselves how far the reader is. */
const acknowledgedAt = 64 * 1024;

/**
 * A line over a message port. It carries the JSON text that a socket carries, so that no host gets to see a value that
 * another one would lose, and numbers, which say how many characters were read.
 */
export function portTransport(port: Port, limits: PortLimits = usual): Transport {
  let open = true;
  let underWay = 0;
  let read = 0;
  let told: (() => void)[] = [];
  const shut = (): void => {
    if (!open) return;
    open = false;
    for (const listener of told) listener();
    told = [];
  };
  const cut = (): void => {
    port.close();
    shut();
  };
  const acknowledge = (length: number): void => {
    read += length;
    if (read < acknowledgedAt) return;
    port.postMessage(read);
    read = 0;
  };
  port.onClose(shut);
  return {
    post(message) {
      if (!open) return;
      const text = JSON.stringify(message);
      if (text.length > limits.message || underWay + text.length > limits.backlog) return cut();
      underWay += text.length;
      port.postMessage(text);
    },
    receive(listener) {
      port.onMessage((value) => {
        if (!open) return;
        if (typeof value === 'number')
          underWay = Math.max(0, underWay - (Number.isFinite(value) ? Math.max(0, value) : 0));
        else if (typeof value === 'string' && value.length > limits.message) cut();
        else {
          if (typeof value === 'string') acknowledge(value.length);
          listener(parsed(value));
        }
      });
    },
    closed: (listener) => void (open ? told.push(listener) : listener()),
    close: cut,
  };
}

/** What is no JSON text is handed on as null and refused where messages are checked. */
function parsed(value: unknown): Message {
  try {
    return JSON.parse(typeof value === 'string' ? value : 'null') as Message;
  } catch {
    return null as unknown as Message;
  }
}
