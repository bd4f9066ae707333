import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { explain } from '../failures.ts';

/**
 * A file for what is too long for memory while a data set is read. It is opened when first needed: at its place, or among the temporary
 * files where nothing may be written there. Gone when closed; where the system allows it, with the end of the process, however that comes.
 */
export class Scratch {
  /** Elements that an array which is kept here has in memory at most. */
  blockElements = 8192;
  private file: number | undefined;
  private held = '';
  private end = 0;
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Adds bytes at the end; the place where they lie. */
  append(bytes: Uint8Array): number {
    const place = this.end;
    try {
      const file = (this.file ??= this.open());
      for (let written = 0; written < bytes.length;)
        written += writeSync(file, bytes, written, bytes.length - written, place + written);
    } catch (thrown) {
      throw explain(thrown, this.path);
    }
    this.end += bytes.length;
    return place;
  }

  /** Fills `target` with the bytes from a place on. */
  read(place: number, target: Uint8Array): void {
    for (let read = 0; read < target.length;) {
      const more = readSync(this.file as number, target, read, target.length - read, place + read);
      if (more === 0) throw new Error(`${this.held} is shorter than what was written to it`);
      read += more;
    }
  }

  private open(): number {
    let file: number;
    try {
      file = openSync(this.path, 'wx+');
      this.held = this.path;
    } catch (thrown) {
      const code = (thrown as { code?: unknown }).code;
      if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw thrown;
      this.held = join(tmpdir(), basename(this.path));
      file = openSync(this.held, 'wx+');
    }
    // Without a name it cannot be left behind. Windows keeps the name of an open file.
    if (process.platform !== 'win32') rmSync(this.held);
    return file;
  }

  close(): void {
    if (this.file === undefined) return;
    closeSync(this.file);
    this.file = undefined;
    rmSync(this.held, { force: true });
  }
}
