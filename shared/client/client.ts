import { RunboardError } from '#shared/contract/failure.ts';
import type { Failure } from '#shared/contract/failure.ts';
import { asMessage } from '#shared/contract/messages.ts';
import type { Transport } from '#shared/contract/messages.ts';
import { aliveEvent } from '#shared/contract/time-limits.ts';
import type {
  CancelSignal,
  EventName,
  Events,
  MethodInput,
  MethodName,
  MethodOutput,
} from '#shared/contract/methods.ts';
import { OpenCalls, type OpenCallsOptions } from './open-calls.ts';

/** The methods of the product, from the other end of a line. Failures are thrown as RunboardError. */
export interface Client {
  call<M extends MethodName>(method: M, ...rest: CallArguments<M>): Promise<MethodOutput<M>>;
  /** Listens until the function that it answers is called. */
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
  close(): void;
}

type CallOptions = { readonly signal?: CancelSignal };
type CallArguments<M extends MethodName> =
  MethodInput<M> extends undefined
    ? [input?: undefined, options?: CallOptions]
    : [input: MethodInput<M>, options?: CallOptions];

/**
 * A client over a line. A call that is not answered in its time fails once, as 'timeout', and is cancelled; when the
 * line is gone every open call fails once, as 'interrupted'.
 */
export function openClient(transport: Transport, options: OpenCallsOptions = {}): Client {
  const calls = new OpenCalls(options, (id) => transport.post({ kind: 'cancel', id }));
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let last = 0;
  let gone = false;

  transport.receive((received) => {
    const message = asMessage(received);
    if (message?.kind === 'answer') calls.end(message.id, (one) => one.answer(message.output));
    else if (message?.kind === 'failure') calls.end(message.id, (one) => one.fail(message.failure));
    else if (message?.kind === 'event' && message.event === aliveEvent) calls.heard(callsAlive(message.payload));
    else if (message?.kind === 'event')
      for (const listener of listeners.get(message.event) ?? []) listener(message.payload as never);
  });
  transport.closed(() => {
    gone = true;
    calls.endAll(lineGone());
  });

  return {
    call(method, ...[input, { signal } = {}]) {
      if (gone) return Promise.reject(asError(lineGone()));
      const id = ++last;
      return new Promise((resolve, reject) => {
        const cancel = (): void => transport.post({ kind: 'cancel', id });
        const done = (): void => signal?.removeEventListener('abort', cancel);
        calls.begin(id, method, {
          answer: (output) => (done(), resolve(output as never)),
          fail: (failure) => (done(), reject(asError(failure))),
        });
        transport.post({ kind: 'request', id, method, input });
        if (signal?.aborted === true) cancel();
        else signal?.addEventListener('abort', cancel);
      });
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener as (payload: never) => void));
      return () => void set.delete(listener as (payload: never) => void);
    },
    close: () => transport.close(),
  };
}

/** The calls that are said to go on; what is no such list names none. */
function callsAlive(payload: unknown): readonly number[] {
  const calls = (payload as { calls?: unknown } | null)?.calls;
  return Array.isArray(calls) ? calls.filter((id) => typeof id === 'number') : [];
}

function lineGone(): Failure {
  return { code: 'interrupted', what: 'the line to the engine is gone', remedy: 'start again' };
}

function asError(failure: Failure): RunboardError {
  const error = new RunboardError(failure.code, failure.what, { where: failure.where, remedy: failure.remedy });
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
