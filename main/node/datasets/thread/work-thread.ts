// A thread that does one piece of work on data sets, and says how it goes. Holds no product logic.
import { parentPort, workerData } from 'node:worker_threads';
import { toFailure } from '#shared/contract/failure.ts';
import type { Call } from '#shared/contract/methods.ts';
import type { ThreadMessage, ThreadOrder, ThreadTask } from './messages.ts';
import { works } from './works.ts';

const port = parentPort;
if (port === null) throw new Error('work-thread.ts runs in a worker thread only');
const { work, input, cancel } = workerData as ThreadTask;
const cancelled = new Int32Array(cancel);
const orders = new AbortController();
port.on('message', (order: ThreadOrder) => {
  if (order === 'cancel') orders.abort();
});

function say(message: ThreadMessage): void {
  port?.postMessage(message);
}

const millisBetween = 50;
let last = -Infinity;

const call: Call = {
  signal: {
    // The flag is seen even where a loop lets no message in.
    get aborted() {
      return Atomics.load(cancelled, 0) === 1;
    },
    addEventListener: (type, listener) => orders.signal.addEventListener(type, listener),
    removeEventListener: (type, listener) => orders.signal.removeEventListener(type, listener),
  },
  emit(event, payload) {
    const now = performance.now();
    const end = 'share' in payload && payload.share === 1;
    if (!end && now - last < millisBetween) return;
    last = now;
    say({ type: 'event', event, payload });
  },
};

try {
  const output = await (works[work as keyof typeof works] as (input: unknown, call: Call) => Promise<unknown>)(
    input,
    call,
  );
  say({ type: 'done', output });
} catch (thrown) {
  say({ type: 'failed', failure: toFailure(thrown) });
}
port.close();
