import { createHash } from 'node:crypto';
import { statSync, utimesSync } from 'node:fs';
import { lstat, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { FileHolder, Holds } from '#shared/contract/ports.ts';

/** How often files are looked at, and how often a holder says that it is still there. */
const lookMillis = 1_500;
const beatMillis = 15_000;

/** A holder that has said nothing for so long is gone, although another process may have its number by now. */
const silentMillis = 4 * beatMillis;

/** Nobody takes so long to take away a note. */
const clearingMillis = 5_000;

/** What lies in the file of a hold. */
interface Note {
  readonly pid: number;
  readonly since: string;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What changes when a file is written, replaced or taken away. */
function traitsOf(path: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return 'none';
  }
}

/** A folder of this user on this machine: a hold says something about processes, and no process runs on another one. */
async function holdFolder(): Promise<string> {
  const folder = join(tmpdir(), `runboard-${userInfo().username.replace(/\W/g, '_')}`);
  await mkdir(folder, { mode: 0o700, recursive: true });
  const about = await lstat(folder);
  if (!about.isDirectory() || (process.getuid !== undefined && about.uid !== process.getuid()))
    throw new Error(`${folder} belongs to somebody else`);
  return folder;
}

class NodeHolds implements Holds {
  readonly #own = new Set<string>();

  constructor() {
    setInterval(() => this.#sayThere(), beatMillis).unref();
  }

  async claim(path: string): Promise<{ release(): Promise<void> } | FileHolder> {
    // Where holds cannot be noted, one writes as before: saving notices when a file was changed by something else.
    const place = await this.#placeOf(path).catch(() => null);
    if (place === null) return { release: async () => {} };
    const note: Note = { pid: process.pid, since: new Date().toISOString() };
    for (;;) {
      try {
        await writeFile(place, JSON.stringify(note), { flag: 'wx', mode: 0o600 });
        break;
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') return { release: async () => {} };
        const holder = await this.#read(place);
        if (holder !== null) return holder;
        await this.#clear(place);
      }
    }
    this.#own.add(place);
    return {
      release: async () => {
        this.#own.delete(place);
        await rm(place, { force: true }).catch(() => {});
      },
    };
  }

  async holder(path: string): Promise<FileHolder | null> {
    const place = await this.#placeOf(path).catch(() => null);
    return place === null || this.#own.has(place) ? null : this.#read(place);
  }

  watch(path: string, changed: (what: 'file' | 'hold') => void): () => void {
    let before = traitsOf(path);
    const timer = setInterval(() => {
      const now = traitsOf(path);
      if (now !== before) changed('file');
      before = now;
      // A holder that was killed leaves its note: only looking at its process tells.
      changed('hold');
    }, lookMillis).unref();
    return () => clearInterval(timer);
  }

  /** The holder that a note names, or null where it is gone. */
  async #read(place: string): Promise<FileHolder | null> {
    const about = await stat(place).catch(() => null);
    if (about === null) return null;
    const silent = Date.now() - about.mtimeMs;
    try {
      const { pid, since } = JSON.parse(await readFile(place, 'utf8')) as Note;
      const there = this.#own.has(place) || (isAlive(pid) && silent < silentMillis);
      return there ? { by: `another Runboard (process ${pid})`, since } : null;
    } catch {
      // It is being written just now, or was torn: then it is nobody's.
      return silent < beatMillis ? { by: 'another Runboard', since: about.mtime.toISOString() } : null;
    }
  }

  /** Takes away the note of one who is gone. One does that at a time: else another would take away the note of the next. */
  async #clear(place: string): Promise<void> {
    const clearing = `${place}.clearing`;
    try {
      await writeFile(clearing, '', { flag: 'wx', mode: 0o600 });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const about = await stat(clearing).catch(() => null);
      // Who was killed in the middle of it is not waited for.
      if (about !== null && Math.abs(Date.now() - about.mtimeMs) > clearingMillis) await rm(clearing, { force: true });
      return;
    }
    const there = await stat(place).catch(() => null);
    if (there !== null && (await this.#read(place)) === null) await rm(place, { force: true }).catch(() => {});
    await rm(clearing, { force: true });
  }

  async #placeOf(path: string): Promise<string> {
    const target = await realpath(path).catch(() => resolve(path));
    return join(await holdFolder(), `${createHash('sha256').update(target).digest('hex').slice(0, 40)}.hold`);
  }

  #sayThere(): void {
    const now = new Date();
    for (const place of this.#own) {
      try {
        utimesSync(place, now, now);
      } catch {
        this.#own.delete(place);
      }
    }
  }
}

/** The holds of this machine. */
export function nodeHolds(): Holds {
  return new NodeHolds();
}
