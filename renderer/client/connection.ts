import { openClient, type Client } from '#shared/client/client.ts';
import { RunboardError, toFailure, type Failure } from '#shared/contract/failure.ts';
import type { Transport } from '#shared/contract/messages.ts';
import type { EventName, Events, MethodInput, MethodName, MethodOutput } from '#shared/contract/methods.ts';
import { timeLimits } from '#shared/contract/time-limits.ts';
import { later } from '#shared/contract/timers.ts';

/** What went wrong, as the contract says it, whatever was thrown. */
export function failureOf(thrown: unknown): Failure {
  return toFailure(thrown);
}

export type LineState = 'connecting' | 'open' | 'lost';

/** The methods of the product as the window calls them, over a line that is opened again when it is lost. */
export interface Connection {
  call<M extends MethodName>(method: M, input?: MethodInput<M>, signal?: AbortSignal): Promise<MethodOutput<M>>;
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
  state(): LineState;
  watch(listener: () => void): () => void;
}

type AnyCall = (method: MethodName, input?: unknown, options?: { signal?: AbortSignal }) => Promise<unknown>;

/** For who looks into it: what came late changed nothing. */
function noteInLog(what: string): void {
  // oxlint-disable-next-line no-console
  console.warn(what);
}

/**
 * What a promise gives, unless that takes too long or is not wanted any more: what a person asked for an hour ago is not
 * to be done when a line is there again.
 */
function inTime<T>(promise: Promise<T>, millis: number, signal: AbortSignal | undefined): Promise<T> {
  const ended = Promise.withResolvers<T>();
  const remedy = 'see whether it still runs, and try again';
  const stop = later(
    () => ended.reject(new RunboardError('unavailable', 'Runboard does not answer', { remedy })),
    millis,
  );
  const cancel = (): void => ended.reject(new RunboardError('cancelled', 'cancelled before it was sent'));
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel);
  void promise.then(ended.resolve, ended.reject);
  return ended.promise.finally(() => {
    stop();
    signal?.removeEventListener('abort', cancel);
  });
}

export class Line implements Connection {
  readonly #open: () => Promise<Transport>;
  readonly #patience: number;
  #client: Promise<Client>;
  #state: LineState = 'connecting';
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>();
  readonly #watchers = new Set<() => void>();

  constructor(open: () => Promise<Transport>, patience = timeLimits.quick) {
    this.#open = open;
    this.#patience = patience;
    this.#client = this.#connect(250);
  }

  state(): LineState {
    return this.#state;
  }

  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void {
    const set = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, set);
    set.add(listener as (payload: never) => void);
    return () => set.delete(listener as (payload: never) => void);
  }

  async call<M extends MethodName>(method: M, input?: MethodInput<M>, signal?: AbortSignal): Promise<MethodOutput<M>> {
    const client = await inTime(this.#client, this.#patience, signal);
    return (await (client.call as AnyCall)(method, input, { signal })) as MethodOutput<M>;
  }

  #become(state: LineState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }

  /** Tries until a line is open; calls made meanwhile wait for it, for a while. */
  async #connect(delay: number): Promise<Client> {
    for (let wait = delay; ; wait = Math.min(8_000, wait * 2)) {
      try {
        const transport = await this.#open();
        const closed = transport.closed.bind(transport);
        const client = openClient(this.#watched(transport, closed), { onLate: noteInLog });
        for (const event of ['run', 'work', 'hold', 'engine'] as const)
          client.on(event, (payload) => this.#tell(event, payload));
        this.#become('open');
        return client;
      } catch {
        this.#become('lost');
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  /** The same line, whose end is noticed here as well as by the client on it. */
  #watched(transport: Transport, closed: Transport['closed']): Transport {
    return {
      post: (message) => transport.post(message),
      receive: (listener) => transport.receive(listener),
      closed: (listener) =>
        closed(() => {
          listener();
          this.#become('lost');
          this.#client = this.#connect(250);
        }),
      close: () => transport.close(),
    };
  }

  #tell(event: EventName, payload: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload as never);
  }
}
