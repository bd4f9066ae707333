import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flushFolder } from '../flush.ts';

/**
 * The highest number that a run of a workspace was ever given, in a file beside the history: where that goes on from a
 * copy, or begins anew, no run gets the name of one that write-ups and people already speak of.
 */
export class RunNumbers {
  readonly #workspace: string;

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  /** The number of a new run, on the disk before it is used; `known` is the highest one in the history. */
  next(known: number): number {
    const number = Math.max(known, this.#read()) + 1;
    this.#write(number);
    return number;
  }

  /** Notes what a history holds that is older than the note. Where nothing may be written there will be no new run either. */
  note(known: number): void {
    if (known <= this.#read()) return;
    try {
      this.#write(known);
    } catch {
      return;
    }
  }

  get #path(): string {
    return join(this.#workspace, 'run-number');
  }

  #read(): number {
    try {
      const number = Number(readFileSync(this.#path, 'utf8'));
      return Number.isSafeInteger(number) && number > 0 ? number : 0;
    } catch {
      return 0;
    }
  }

  #write(number: number): void {
    const beside = `${this.#path}.${process.pid}.new`;
    try {
      writeFileSync(beside, `${number}\n`, { flush: true });
      renameSync(beside, this.#path);
    } finally {
      rmSync(beside, { force: true });
    }
    flushFolder(this.#workspace);
  }
}
