import type { CancelSignal } from '#shared/contract/methods.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from './failures.ts';

/** To be called again and again in a long loop. Throws 'cancelled' once that was asked for. */
export type Pause = () => Promise<void>;

const millisBetween = 50;

/** Lets the rest of the program work, and a cancellation in, where it has had no turn for a while. */
export function pauses(signal?: CancelSignal): Pause {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < millisBetween) return;
    throwIfCancelled(signal);
    await nextTurn();
    throwIfCancelled(signal);
    last = performance.now();
  };
}
