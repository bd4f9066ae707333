import { RunboardError } from '#shared/contract/failure.ts';
import type { Failure } from '#shared/contract/failure.ts';
import { asMessage } from '#shared/contract/messages.ts';
import type { Transport } from '#shared/contract/messages.ts';
import type {
  CancelSignal,
  EventName,
  Events,
  MethodInput,
  MethodName,
  MethodOutput,
} from '#shared/contract/methods.ts';

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

interface Waiting {
  answer(output: unknown): void;
  fail(failure: Failure): void;
}

/** A client over a line. When the line is gone every open call fails once, as 'interrupted'. */
export function openClient(transport: Transport): Client {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let last = 0;
  let gone = false;

  transport.receive((received) => {
    const message = asMessage(received);
    if (message === null) return;
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.event) ?? []) listener(message.payload as never);
    } else if (message.kind === 'answer' || message.kind === 'failure') {
      // An answer that nobody waits for any more is dropped.
      const one = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.kind === 'answer') one?.answer(message.output);
      else one?.fail(message.failure);
    }
  });
  transport.closed(() => {
    gone = true;
    const open = [...waiting.values()];
    waiting.clear();
    for (const one of open) one.fail(lineGone());
  });

  return {
    call(method, ...[input, options]) {
      if (gone) return Promise.reject(asError(lineGone()));
      const id = ++last;
      return new Promise((resolve, reject) => {
        const cancel = (): void => transport.post({ kind: 'cancel', id });
        const done = (): void => options?.signal?.removeEventListener('abort', cancel);
        waiting.set(id, {
          answer: (output) => (done(), resolve(output as never)),
          fail: (failure) => (done(), reject(asError(failure))),
        });
        transport.post({ kind: 'request', id, method, input });
        if (options?.signal?.aborted === true) cancel();
        else options?.signal?.addEventListener('abort', cancel);
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

function lineGone(): Failure {
  return { code: 'interrupted', what: 'the line to the engine is gone', remedy: 'start again' };
}

function asError(failure: Failure): RunboardError {
  const error = new RunboardError(failure.code, failure.what, { where: failure.where, remedy: failure.remedy });
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
