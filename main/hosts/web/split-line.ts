import type { Failure } from '#shared/contract/failure.ts';
import { asMessage } from '#shared/contract/messages.ts';
import type { Message, Transport } from '#shared/contract/messages.ts';
import type { Handlers } from '#shared/contract/methods.ts';
import { serve } from '#shared/services/serve.ts';
import type { KeptEngine } from './kept-engine.ts';

/** What is answered beside the engine: a design is opened, kept and saved whatever becomes of that. */
const besideEngine = /^(catalogue|templates|designs|drafts|restorePoints|engine)\./;

const gone: Failure = {
  code: 'interrupted',
  what: 'the engine stopped while this was being done',
  remedy: 'do it again: what was finished is kept',
};
const failed: Failure = { code: 'unavailable', what: 'the engine is not running', remedy: 'start it again' };

/** A window's line of which one part is answered here and the other by the engine, so that the window sees one line. */
class SplitLine {
  readonly #window: Transport;
  readonly #engine: KeptEngine;
  #line: Transport | null = null;
  /** Requests that the engine has, and those that wait until it takes lines. */
  readonly #open = new Set<number>();
  #waiting: (Message & { readonly kind: 'request' })[] = [];
  #toHandlers: (message: Message) => void = () => {};

  constructor(handlers: Handlers, window: Transport, engine: KeptEngine) {
    this.#window = window;
    this.#engine = engine;
    serve(handlers, {
      post: (message) => window.post(message),
      receive: (listener) => (this.#toHandlers = listener),
      closed: (listener) => window.closed(listener),
      close: () => window.close(),
    });
    const leave = engine.watch(() => this.#engineChanged());
    window.closed(() => {
      leave();
      this.#line?.close();
    });
  }

  begin(): void {
    this.#window.receive((received) => this.#take(received));
    if (this.#engine.news.state !== 'up') this.#announce();
  }

  #take(received: Message): void {
    const message = asMessage(received);
    if (message?.kind === 'cancel' && this.#cancel(message.id)) return;
    if (message?.kind !== 'request' || besideEngine.test(message.method)) return this.#toHandlers(received);
    // Writing down what there is needs no engine's process: where there will be none, it is done here.
    if (this.#engine.news.state === 'failed' && message.method === 'exports.write') return this.#toHandlers(received);
    if (this.#engine.news.state === 'failed') this.#fail(message.id, failed);
    else this.#pass(message);
  }

  #pass(message: Message & { readonly kind: 'request' }): void {
    this.#line ??= this.#openLine();
    if (this.#line === null) {
      this.#waiting.push(message);
      return;
    }
    this.#open.add(message.id);
    this.#line.post(message);
  }

  /** Whether a request was the engine's, or would have been. */
  #cancel(id: number): boolean {
    if (this.#open.has(id)) this.#line?.post({ kind: 'cancel', id });
    else if (this.#waiting.some((one) => one.id === id)) {
      this.#waiting = this.#waiting.filter((one) => one.id !== id);
      this.#fail(id, { code: 'cancelled', what: 'cancelled before it began' });
    } else return false;
    return true;
  }

  #openLine(): Transport | null {
    const line = this.#engine.line();
    line?.receive((received) => {
      const message = asMessage(received);
      if (message?.kind === 'answer' || message?.kind === 'failure') this.#open.delete(message.id);
      if (message !== null) this.#window.post(message);
    });
    line?.closed(() => {
      this.#line = null;
      const open = [...this.#open];
      this.#open.clear();
      for (const id of open) this.#fail(id, gone);
    });
    return line;
  }

  #engineChanged(): void {
    this.#announce();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) this.#take(message);
  }

  #announce(): void {
    this.#window.post({ kind: 'event', event: 'engine', payload: this.#engine.news });
  }

  #fail(id: number, failure: Failure): void {
    this.#window.post({ kind: 'failure', id, failure });
  }
}

/** Serves a window's line: what the engine does goes to its process, the rest to the handlers beside it. */
export function serveBeside(handlers: Handlers, window: Transport, engine: KeptEngine): void {
  const own: Handlers = {
    ...handlers,
    'engine.restart': async () => {
      engine.restart();
      return { restarted: true };
    },
  };
  const line = new SplitLine(own, window, engine);
  line.begin();
}
