import { Worker } from 'node:worker_threads';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Runner } from '#shared/engine/execute.ts';
import type { NodeListener, NodeOutcome, NodeTask } from '#shared/engine/node-outcome.ts';
import { onSharedMemory } from './shared-memory.ts';
import type { WorkerMessage, WorkerSetting } from './worker-messages.ts';

interface Waiting {
  readonly task: NodeTask;
  readonly listener: NodeListener;
  resolve(outcome: NodeOutcome): void;
  reject(thrown: unknown): void;
}

/** How long a cancelled node may take to notice before its thread is ended. */
const graceMillis = 800;

/** Threads that run nodes, one each. Started when first needed, kept for the run, replaced when they die. */
export class WorkerPool implements Runner {
  private readonly cancelFlag = new SharedArrayBuffer(4);
  private readonly dataPath: string | null;
  private readonly size: number;
  private readonly queue: Waiting[] = [];
  private readonly idle: Worker[] = [];
  private readonly busy = new Map<Worker, Waiting>();
  private ended = false;

  constructor(size: number, dataPath: string | null) {
    this.size = size;
    this.dataPath = dataPath;
  }

  run(task: NodeTask, listener: NodeListener): Promise<NodeOutcome> {
    return new Promise((resolve, reject) => {
      this.queue.push({ task, listener, resolve, reject });
      this.next();
    });
  }

  get cancelled(): boolean {
    return Atomics.load(new Int32Array(this.cancelFlag), 0) === 1;
  }

  /** Asks every node to stop; threads that have not listened after a moment are ended. */
  cancel(): void {
    Atomics.store(new Int32Array(this.cancelFlag), 0, 1);
    for (const waiting of this.queue.splice(0)) waiting.reject(new RunboardError('cancelled', 'cancelled'));
    setTimeout(() => {
      for (const [worker, waiting] of this.busy) {
        this.busy.delete(worker);
        void worker.terminate();
        waiting.reject(new RunboardError('cancelled', 'cancelled'));
      }
    }, graceMillis).unref();
  }

  async close(): Promise<void> {
    this.ended = true;
    const workers = [...this.idle.splice(0), ...this.busy.keys()];
    this.busy.clear();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  private next(): void {
    while (this.queue.length > 0 && (this.idle.length > 0 || this.busy.size < this.size)) {
      const waiting = this.queue.shift() as Waiting;
      const worker = this.idle.pop() ?? this.start();
      this.busy.set(worker, waiting);
      worker.postMessage(onSharedMemory(waiting.task));
    }
  }

  private start(): Worker {
    const setting: WorkerSetting = { cancel: this.cancelFlag, dataPath: this.dataPath };
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: setting,
      resourceLimits: { maxOldGenerationSizeMb: 8_192 },
    });
    worker.on('message', (message: WorkerMessage) => this.hear(worker, message));
    worker.on('error', (thrown) => this.lose(worker, thrown));
    worker.on('exit', () => this.lose(worker, new RunboardError('internal', 'the thread ended unexpectedly')));
    return worker;
  }

  private hear(worker: Worker, message: WorkerMessage): void {
    const waiting = this.busy.get(worker);
    if (waiting === undefined) return;
    if (message.type === 'progress') waiting.listener.progress(message.share, message.note);
    else if (message.type === 'curve') waiting.listener.curve(message.point);
    else {
      this.busy.delete(worker);
      this.idle.push(worker);
      if (message.type === 'done') waiting.resolve(message.outcome);
      else waiting.reject(asError(message.failure));
      this.next();
    }
  }

  private lose(worker: Worker, thrown: unknown): void {
    const at = this.idle.indexOf(worker);
    if (at >= 0) this.idle.splice(at, 1);
    const waiting = this.busy.get(worker);
    if (waiting === undefined) return;
    this.busy.delete(worker);
    const outOfMemory = (thrown as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY';
    waiting.reject(
      outOfMemory
        ? new RunboardError('too-large', 'this node ran out of memory', {
            remedy: 'use less data, fewer factors or fewer candidates',
          })
        : thrown,
    );
    if (!this.ended) this.next();
  }
}

function asError(failure: {
  code: RunboardError['code'];
  what: string;
  where?: string;
  remedy?: string;
  stack?: string;
}): RunboardError {
  const error = new RunboardError(failure.code, failure.what, failure);
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
