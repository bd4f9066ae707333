import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, realpath, rename, rm, stat, statfs } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { RunboardError } from '#shared/contract/failure.ts';
import type { FileEntry, Files } from '#shared/contract/ports.ts';

/** Steps that a fault can be put into, so that tests can break a save anywhere. */
export interface SaveSteps {
  write(handle: FileHandle, bytes: Uint8Array): Promise<void>;
  append(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Whether something may be written to: throws where it may not. */
  access(path: string): Promise<void>;
}

const realSteps: SaveSteps = {
  write: (handle, bytes) => handle.writeFile(bytes),
  append: async (handle, bytes, at) => {
    for (let done = 0; done < bytes.length;)
      done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  },
  rename,
  access: (path) => access(path, constants.W_OK),
};

/** The files of this machine. */
export function nodeFiles(faults: Partial<SaveSteps> = {}): Files {
  const steps = { ...realSteps, ...faults };
  return {
    read: readText,
    digest: digestOf,
    locked: (path) => lockedBy(path, steps),
    save: async (path, text) => {
      const bytes = Buffer.from(text, 'utf8');
      return { digest: await saveWhole(path, bytes, steps), bytes: bytes.length };
    },
    append: (path, at, text) => append(path, at, Buffer.from(text, 'utf8'), steps),
    remove: async (path) => {
      try {
        await rm(path);
        return true;
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return false;
        throw faultOf(thrown, path);
      }
    },
    makeFolder,
    list,
    resolve: (base, ...parts) => resolve(base, ...parts),
    folderOf: dirname,
  };
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readText(
  path: string,
  limit: number,
  { damaged }: { damaged: boolean } = { damaged: false },
): Promise<{ text: string; digest: string }> {
  const bytes = await readLimited(path, limit);
  try {
    const decoder = new TextDecoder('utf-8', { fatal: !damaged, ignoreBOM: true });
    return { text: decoder.decode(bytes), digest: digest(bytes) };
  } catch {
    throw new RunboardError('bad-input', `the file is not text in UTF-8${looksLike(bytes)}`, { where: path });
  }
}

async function readLimited(path: string, limit: number): Promise<Uint8Array> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY);
  } catch (thrown) {
    throw faultOf(thrown, path);
  }
  try {
    const about = await handle.stat();
    if (about.isDirectory()) throw new RunboardError('bad-input', 'this is a folder, not a file', { where: path });
    if (about.size > limit) {
      const sizes = `${(about.size / 2 ** 20).toFixed(0)} MiB, at most ${(limit / 2 ** 20).toFixed(0)} MiB are read`;
      throw new RunboardError('too-large', `the file is too large: ${sizes}`, { where: path });
    }
    return await handle.readFile();
  } catch (thrown) {
    throw faultOf(thrown, path);
  } finally {
    await handle.close();
  }
}

const signatures: readonly (readonly [string, string])[] = [
  ['SQLite format 3', 'an SQLite database'],
  ['\x89PNG', 'a PNG image'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['PAR1', 'a Parquet file'],
  ['%PDF', 'a PDF'],
  ['\x1f\x8b', 'a gzip archive'],
  ['\xff\xfe', 'text in UTF-16'],
  ['\xfe\xff', 'text in UTF-16'],
];

function looksLike(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const found = signatures.find(([mark]) => start.startsWith(mark));
  return found === undefined ? '' : `: it starts like ${found[1]}`;
}

async function digestOf(path: string): Promise<string | null> {
  try {
    return digest(await readLimited(path, Number.MAX_SAFE_INTEGER));
  } catch (thrown) {
    if (thrown instanceof RunboardError && thrown.code === 'not-found') return null;
    throw thrown;
  }
}

const marked = 'the file is marked read-only';

/** A file is replaced by another one: what stands in the way is its own mark, or that its folder takes no files. */
async function lockedBy(path: string, steps: SaveSteps): Promise<string | null> {
  const target = await realpath(path).catch(() => null);
  const about = target === null ? null : await stat(target).catch(() => null);
  if (target === null || about === null) return null;
  // Who may do everything is not asked by the system, but means the mark all the same.
  if ((about.mode & 0o222) === 0) return marked;
  for (const [place, words] of [
    [target, 'the file may not be written by you'],
    [dirname(target), 'its folder may not be written to by you'],
  ]) {
    const code = await steps.access(place).then(() => '', codeOf);
    if (code === 'EROFS') return 'the disk is read-only';
    if (code === 'EACCES' || code === 'EPERM') return words;
  }
  return null;
}

/** A name beside a file that nobody has: short, since names are as long as a file system takes. */
function besideOf(path: string): string {
  const start = basename(path).slice(0, 40);
  return join(dirname(path), `.${start}.${randomBytes(6).toString('hex')}.tmp`);
}

/**
 * Temp file in the same folder, flush, rename over the old one, flush of the folder: whoever looks, and whenever the
 * power goes, finds the old bytes or the new ones. A link is followed, so that it stays a link; mode bits are kept.
 */
async function saveWhole(path: string, bytes: Uint8Array, steps: SaveSteps): Promise<string> {
  const target = await realpath(path).catch(() => resolve(path));
  const old = await stat(target).catch(() => null);
  if (old?.isDirectory() === true)
    throw new RunboardError('bad-input', 'this is a folder, not a file', { where: path });
  if (old !== null && (old.mode & 0o222) === 0)
    throw new RunboardError('bad-input', marked, { where: path, remedy: 'save under another name' });
  const temporary = besideOf(target);
  try {
    const handle = await open(temporary, 'wx', 0o666);
    try {
      await steps.write(handle, bytes);
      if (old !== null) await handle.chmod(old.mode & 0o7777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(temporary, target, steps);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => {});
    throw await saveFault(thrown, path, dirname(target));
  }
  await flushFolder(dirname(target));
  return digest(bytes);
}

/** Writes at a place in a file and flushes; what is behind it goes. */
async function append(path: string, at: number, bytes: Uint8Array, steps: SaveSteps): Promise<number> {
  try {
    const handle = await open(path, 'r+');
    try {
      await handle.truncate(at);
      await steps.append(handle, bytes, at);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw await saveFault(thrown, path, dirname(path));
  }
  return at + bytes.length;
}

/** Virus scanners on Windows hold files for a moment: EPERM, EACCES and EBUSY are tried again there. */
async function renameOver(from: string, to: string, steps: SaveSteps): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await steps.rename(from, to);
      return;
    } catch (thrown) {
      const again = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(thrown));
      if (!again || attempt === 5) throw thrown;
      await new Promise((done) => setTimeout(done, 20 * 2 ** attempt));
    }
  }
}

/** With the folders above it. Their names are flushed as well: what lies in a folder is gone when its name is. */
async function makeFolder(path: string): Promise<void> {
  const whole = resolve(path);
  const first = await mkdir(whole, { recursive: true }).catch((thrown: unknown) => {
    throw faultOf(thrown, path);
  });
  if (first === undefined) return;
  for (let made = whole; made.length >= first.length; made = dirname(made)) await flushFolder(dirname(made));
}

/** Without it the rename is atomic but may not have happened after a power cut. Windows has no such call. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } catch (thrown) {
    // Some network file systems refuse to flush folders; the file itself is flushed.
    if (!['EINVAL', 'ENOTSUP', 'EBADF'].includes(codeOf(thrown))) throw thrown;
  } finally {
    await handle.close();
  }
}

async function saveFault(thrown: unknown, path: string, folder: string): Promise<unknown> {
  if (!['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(thrown))) return faultOf(thrown, path);
  const free = await statfs(folder)
    .then((about) => `, ${((about.bavail * about.bsize) / 2 ** 20).toFixed(1)} MiB free`)
    .catch(() => '');
  return new RunboardError('disk', `the disk is full${free}; the file is as it was`, {
    where: path,
    remedy: 'free some space and save again',
  });
}

function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** What the system says about a path, in the words of the product. */
function faultOf(thrown: unknown, path: string): unknown {
  switch (codeOf(thrown)) {
    case 'ENOENT':
      return new RunboardError('not-found', 'there is no such file or folder', { where: path });
    case 'ENOTDIR':
      return new RunboardError('not-found', 'a part of the path is a file, not a folder', { where: path });
    case 'EISDIR':
      return new RunboardError('bad-input', 'this is a folder, not a file', { where: path });
    case 'EACCES':
    case 'EPERM':
      return new RunboardError('bad-input', 'this may not be read or written by you', {
        where: path,
        remedy: 'change its permissions or choose another place',
      });
    case 'EROFS':
      return new RunboardError('disk', 'the disk is read-only', { where: path, remedy: 'choose another place' });
    case 'EEXIST':
      return new RunboardError('bad-input', 'there is a file where a folder should be', { where: path });
    case 'ELOOP':
      return new RunboardError('bad-input', 'the links of this path lead in a circle', { where: path });
    case 'ENAMETOOLONG':
      return new RunboardError('bad-input', 'the name is too long', { where: path.slice(0, 80) });
    default:
      return thrown;
  }
}

async function list(folder: string, ending: string): Promise<readonly FileEntry[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return [];
    throw faultOf(thrown, folder);
  }
  const found: FileEntry[] = [];
  for (const name of names.filter((one) => one.endsWith(ending)).sort()) {
    const path = join(folder, name);
    const about = await stat(path).catch(() => null);
    if (about?.isFile() === true) found.push({ path, name, bytes: about.size, modifiedAt: about.mtime.toISOString() });
  }
  return found;
}
