import { Worker } from 'node:worker_threads';
import { RunboardError, type Failure } from '#shared/contract/failure.ts';
import type { Call } from '#shared/contract/methods.ts';
import type { ThreadMessage, ThreadTask } from './messages.ts';
import type { Works } from './works.ts';

/** A thread that is cancelled is waited for this long: then it is in a call of SQLite, ends after it, and clears away what it made. */
const patienceMillis = 1000;

/** Megabytes of short-lived objects: what rows are made of. Left to itself the thread takes three times as much, and is no faster. */
const youngMegabytes = 24;

/** Does a piece of work on data sets in a thread of its own: who asked goes on answering, hears of progress, and may cancel. */
export function inThread<W extends keyof Works>(
  work: W,
  input: Parameters<Works[W]>[0],
  { signal, emit }: Call,
): ReturnType<Works[W]> {
  const cancel = new SharedArrayBuffer(4);
  const task: ThreadTask = { work, input, cancel };
  const worker = new Worker(new URL('./work-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  const doing = new Promise<unknown>((resolve, reject) => {
    const refuse = (): void => reject(new RunboardError('cancelled', 'cancelled; nothing was written'));
    const stop = (): void => {
      Atomics.store(new Int32Array(cancel), 0, 1);
      worker.postMessage('cancel');
      setTimeout(refuse, patienceMillis).unref();
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    worker.on('message', (message: ThreadMessage) => {
      if (message.type === 'event') emit(message.event, message.payload);
      else if (message.type === 'done') resolve(message.output);
      else reject(asError(message.failure));
    });
    worker.on('error', (thrown) => reject(whyLost(thrown)));
    worker.on('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new RunboardError('internal', 'the thread that worked on the data set ended unexpectedly'));
    });
  });
  return doing as ReturnType<Works[W]>;
}

function whyLost(thrown: unknown): unknown {
  if ((thrown as { code?: unknown }).code !== 'ERR_WORKER_OUT_OF_MEMORY') return thrown;
  return new RunboardError('too-large', 'the work on the data set ran out of memory', {
    remedy: 'close other programs, or use less data',
  });
}

function asError(failure: Failure): RunboardError {
  const error = new RunboardError(failure.code, failure.what, failure);
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
