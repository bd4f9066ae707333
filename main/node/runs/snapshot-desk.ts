import { Worker } from 'node:worker_threads';
import { listSnapshots } from './snapshots.ts';

/** A copy is due after this time or after so many runs, whichever is first; and takes a fiftieth of the time at the most. */
const usualMillis = 10 * 60_000;
const runsBetween = 20;
const costShare = 50;

/** How long closing waits for a copy that is being made. */
const graceMillis = 3_000;

/** Keeps copies of the run store while runs end, in a thread, not more often than is worth its time. */
export class SnapshotDesk {
  readonly #workspace: string;
  #runs = 0;
  #making: Promise<void> | null = null;

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  /** A run has ended: makes a copy where one is due and none is being made. */
  afterRun(now = Date.now()): void {
    this.#runs++;
    if (this.#making !== null || !this.#due(now)) return;
    this.#runs = 0;
    this.#making = this.#make().finally(() => (this.#making = null));
  }

  /** Until no copy is being made. */
  async settled(): Promise<void> {
    await this.#making;
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((done) => (timer = setTimeout(done, graceMillis)));
    await Promise.race([this.settled(), late]);
    clearTimeout(timer);
  }

  /** A clock that was put back makes a copy due, not impossible. */
  #due(now: number): boolean {
    const newest = listSnapshots(this.#workspace)[0];
    if (newest === undefined) return true;
    const since = Math.abs(now - Date.parse(newest.keptAt));
    if (!(since >= newest.millis * costShare)) return false;
    return since >= usualMillis || this.#runs >= runsBetween;
  }

  /** A copy that cannot be made (no room, a damaged store) harms nothing: the earlier ones stay. */
  #make(): Promise<void> {
    const workerData = { workspace: this.#workspace };
    const worker = new Worker(new URL('./snapshot-thread.ts', import.meta.url), { workerData });
    worker.unref();
    return new Promise((done) => {
      worker.once('error', () => {});
      worker.once('exit', () => done());
    });
  }
}
