import { portTransport, type Port } from '#shared/client/port-transport.ts';
import { asDesktopTold, type DesktopQuestion, type DesktopTold } from '#shared/contract/desktop.ts';
import type { Transport } from '#shared/contract/messages.ts';

/** What the desktop wants of the window. */
export type DesktopWish = Extract<DesktopTold, { kind: 'open' | 'command' }>;

/** What the program around the window puts into it: one function, which asks for the window's lines. */
interface Bridge {
  connect(nonce: string): void;
}

/** The desktop that the window runs on: native dialogs, and what its menu and the system ask for. */
export interface Desktop {
  /** Opens the line to the engine. */
  openLine(): Promise<Transport>;
  /** Path that the user chose in a native dialog, or null. */
  choose(question: DesktopQuestion, name?: string): Promise<string | null>;
  /** Listens to designs that are to be opened and to actions chosen in the menu; what came before is told at once. */
  onTold(listener: (told: DesktopWish) => void): void;
}

/** How long the engine may take to come up again before the window tries anew. */
const patienceMillis = 20_000;

function newNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function portOf(port: MessagePort): Port {
  return {
    postMessage: (value) => port.postMessage(value),
    onMessage: (listener) => {
      port.addEventListener('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => port.addEventListener('close', listener, { once: true }),
    close: () => port.close(),
  };
}

/** Asks for the lines and waits for those that carry our nonce: a window gets messages from others too. */
function askForPorts(bridge: Bridge): Promise<readonly MessagePort[]> {
  const nonce = newNonce();
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      removeEventListener('message', listener);
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error('the program gave the window no line'));
    }, patienceMillis);
    const listener = (event: MessageEvent<unknown>): void => {
      if (
        event.source !== window ||
        (event.data as { runboard?: unknown } | null)?.runboard !== nonce ||
        event.ports.length !== 2
      )
        return;
      end();
      resolve(event.ports);
    };
    addEventListener('message', listener);
    bridge.connect(nonce);
  });
}

class ElectronDesktop implements Desktop {
  readonly #bridge: Bridge;
  #port: MessagePort | null = null;
  #asked = 0;
  #early: DesktopWish[] = [];
  #listener: ((told: DesktopWish) => void) | null = null;
  readonly #waiting = new Map<number, (path: string | null) => void>();

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  async openLine(): Promise<Transport> {
    const [line, desk] = await askForPorts(this.#bridge);
    this.#port = desk;
    desk.addEventListener('message', (event) => this.#hear(event.data));
    desk.start();
    return portTransport(portOf(line));
  }

  choose(question: DesktopQuestion, name = ''): Promise<string | null> {
    const port = this.#port;
    if (port === null) return Promise.resolve(null);
    const id = ++this.#asked;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      port.postMessage({ kind: 'ask', id, question, name });
    });
  }

  onTold(listener: (told: DesktopWish) => void): void {
    this.#listener = listener;
    for (const told of this.#early.splice(0)) listener(told);
  }

  #hear(value: unknown): void {
    const told = asDesktopTold(value);
    if (told === null) return;
    if (told.kind !== 'answer') {
      if (this.#listener === null) this.#early.push(told);
      else this.#listener(told);
      return;
    }
    this.#waiting.get(told.id)?.(told.path);
    this.#waiting.delete(told.id);
  }
}

/** The desktop, or null where the window is a page in a browser. */
export function desktopOf(world: object): Desktop | null {
  const bridge = (world as { runboard?: Bridge }).runboard;
  return bridge === undefined ? null : new ElectronDesktop(bridge);
}
