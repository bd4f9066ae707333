import type { CancelSignal } from '#shared/contract/methods.ts';
import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { RunboardError, toFailure } from '#shared/contract/failure.ts';

/** A file from outside that is not what it must be. */
export function badInput(what: string, where: string, remedy?: string): RunboardError {
  return new RunboardError('bad-input', what, { where, remedy });
}

/** Throws 'cancelled' once the signal was given. */
export function throwIfCancelled(signal: CancelSignal | undefined): void {
  if (signal?.aborted === true) throw new RunboardError('cancelled', 'cancelled; nothing was written');
}

/** Refuses a path that is not there. */
export function requirePath(path: string): void {
  if (!existsSync(path)) throw new RunboardError('not-found', 'there is no such file or folder', { where: path });
}

/** What a file's name may be long, in bytes, so that the files beside it (drafts, columns, rejects) can be named after it. */
const longestName = 200;

/** Refuses a name after which no files can be named. */
export function requireName(path: string): void {
  const bytes = Buffer.byteLength(basename(path));
  if (bytes > longestName)
    throw badInput(`the name is too long: ${bytes} bytes, at most ${longestName}`, path, 'choose a shorter one');
}

/** Whether a path names a folder. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Puts what the operating system or SQLite threw into words: what is wrong, where, what to do. */
export function explain(thrown: unknown, where: string): RunboardError {
  if (thrown instanceof RunboardError) return thrown;
  const code = (thrown as { code?: unknown } | null)?.code;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  switch (code) {
    case 'ENOENT':
      return new RunboardError('not-found', 'there is no such file or folder', { where });
    case 'EACCES':
    case 'EPERM':
      return new RunboardError('bad-input', 'may not be read or written', { where, remedy: 'check its permissions' });
    case 'EISDIR':
      return badInput('is a folder, a file is needed', where);
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
    case 'SQLITE_FULL':
      return new RunboardError('disk', 'the disk is full', {
        where,
        remedy: 'free some space and try again; nothing was changed',
      });
    case 'EROFS':
    case 'SQLITE_READONLY':
      return new RunboardError('disk', 'cannot be written: read-only', { where, remedy: 'choose another folder' });
    case 'SQLITE_NOTADB':
      return badInput('is not a SQLite file', where);
    case 'SQLITE_BUSY':
      return new RunboardError('unavailable', 'is in use by another program', {
        where,
        remedy: 'close it there and try again',
      });
    default:
  }
  if (typeof code === 'string' && code.startsWith('SQLITE_CORRUPT')) {
    return badInput(`is damaged (${message})`, where, 'import or generate it again');
  }
  if (typeof code === 'string' && code.startsWith('SQLITE_IOERR')) {
    return new RunboardError('disk', `cannot be read or written (${message})`, { where });
  }
  if (typeof code === 'string' && code.startsWith('SQLITE_CANTOPEN')) {
    return new RunboardError('disk', 'cannot be opened', {
      where,
      remedy: 'check that the folder exists and may be written',
    });
  }
  const failure = toFailure(thrown, where);
  const error = new RunboardError(failure.code, failure.what, { where });
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
