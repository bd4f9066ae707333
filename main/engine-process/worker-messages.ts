import type { Failure } from '#shared/contract/failure.ts';
import type { CurvePoint } from '#shared/contract/results.ts';
import type { NodeOutcome } from '#shared/engine/node-outcome.ts';

/** Given to a worker when it starts. */
export interface WorkerSetting {
  /** One 32-bit flag, 1 once the run is cancelled. */
  readonly cancel: SharedArrayBuffer;
  /** The data set that the run is bound to; null for none. */
  readonly dataPath: string | null;
}

/** What a worker says. */
export type WorkerMessage =
  | { readonly type: 'progress'; readonly share: number; readonly note: string }
  | { readonly type: 'curve'; readonly point: CurvePoint }
  | { readonly type: 'done'; readonly outcome: NodeOutcome }
  | { readonly type: 'failed'; readonly failure: Failure };
