import type { CancelSignal } from '#shared/contract/methods.ts';
import { Worker } from 'node:worker_threads';
import { badInput, throwIfCancelled } from '../failures.ts';
import type { DecoderMessage } from './parquet-messages.ts';

const tickMillis = 100;
/** Megabytes of objects that one row group may take: ordinary ones have a million rows or fewer. */
const mostHeap = 4096;

/** The decoder thread of a Parquet file. Whoever opens it closes it. */
export class ParquetThread {
  private readonly worker: Worker;
  private readonly path: string;
  private readonly patience: number;
  private readonly signal: CancelSignal | undefined;
  private readonly heard: DecoderMessage[] = [];
  private lost: unknown = undefined;
  private quietTicks = 0;
  private wake: () => void = () => undefined;

  /** `patience`: milliseconds without a word after which the file is given up. */
  constructor(path: string, patience: number, signal: CancelSignal | undefined) {
    this.path = path;
    this.patience = patience;
    this.signal = signal;
    this.worker = new Worker(new URL('./parquet-decoder.ts', import.meta.url), {
      workerData: path,
      resourceLimits: { maxOldGenerationSizeMb: mostHeap },
    });
    this.worker.on('message', (message: DecoderMessage) => {
      this.quietTicks = 0;
      if (message.type !== 'alive') this.heard.push(message);
      this.wake();
    });
    this.worker.on('error', (thrown) => this.lose(thrown));
    this.worker.on('exit', () => this.lose(new Error('its decoder ended')));
  }

  /** Asks for a row group, or for the contents. */
  ask(group: number | null): void {
    this.worker.postMessage(group);
  }

  /** The next thing that the thread says. Throws where it fails, falls silent or is cancelled. */
  async next(): Promise<Exclude<DecoderMessage, { type: 'alive' }>> {
    this.quietTicks = 0;
    // Ticks are counted, not time: while this thread is busy it hears nothing, which is no fault of the other's.
    const ticks = setInterval(() => {
      this.quietTicks++;
      this.wake();
    }, tickMillis);
    try {
      for (;;) {
        throwIfCancelled(this.signal);
        const message = this.heard.shift();
        if (message !== undefined && message.type !== 'alive') return message;
        if (this.lost !== undefined) throw this.explainLoss();
        if (this.quietTicks * tickMillis >= this.patience) throw this.damaged('its decoder came to no end');
        await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      clearInterval(ticks);
    }
  }

  close(): void {
    void this.worker.terminate();
  }

  private lose(thrown: unknown): void {
    this.lost ??= thrown;
    this.wake();
  }

  private explainLoss(): Error {
    if ((this.lost as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY')
      return this.damaged('a row group takes more memory than there is');
    return this.damaged(this.lost instanceof Error ? this.lost.message.split('\n')[0] : String(this.lost));
  }

  private damaged(what: string): Error {
    return badInput(`cannot be decoded: ${what}`, this.path, 'write it again, with smaller row groups');
  }
}
