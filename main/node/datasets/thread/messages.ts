import type { Failure } from '#shared/contract/failure.ts';
import type { EventName, Events } from '#shared/contract/methods.ts';

/** What a thread is started for. */
export interface ThreadTask {
  readonly work: string;
  readonly input: unknown;
  /** Its first 32 bits are 1 once the work is cancelled. */
  readonly cancel: SharedArrayBuffer;
}

export type ThreadMessage =
  | { readonly type: 'event'; readonly event: EventName; readonly payload: Events[EventName] }
  | { readonly type: 'done'; readonly output: unknown }
  | { readonly type: 'failed'; readonly failure: Failure };

/** What the thread is told while it works: that it is cancelled. */
export type ThreadOrder = 'cancel';
