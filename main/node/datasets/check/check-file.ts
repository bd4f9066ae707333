import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { RunboardError } from '#shared/contract/failure.ts';
import type { CancelSignal } from '#shared/contract/methods.ts';
import { openReadOnly } from '../store.ts';

const ownProcess = join(import.meta.dirname, 'check-process.ts');

/**
 * Looks at every page of a SQLite file; answers "ok", or what is wrong. SQLite looks at all of them within one call,
 * which nothing can interrupt: it does so in a process of its own, which is killed when the signal is given. The desktop
 * program starts no such process; there the call goes on to its end, in the thread that asks.
 */
export function checkFile(path: string, signal?: CancelSignal, script = ownProcess): Promise<string> {
  if (process.versions['electron'] !== undefined) return checkHere(path);
  return new Promise((resolve, reject) => {
    const cancelled = new RunboardError('cancelled', 'cancelled; nothing was written');
    if (signal?.aborted === true) return reject(cancelled);
    const stop = (): void => {
      child.kill('SIGKILL');
      reject(cancelled);
    };
    const child = execFile(process.execPath, [script, path], (fault, found) => {
      signal?.removeEventListener('abort', stop);
      if (fault === null) resolve(found);
      else reject(new RunboardError('internal', `the file could not be checked (${fault.message})`, { where: path }));
    });
    signal?.addEventListener('abort', stop);
  });
}

async function checkHere(path: string): Promise<string> {
  const db = openReadOnly(path);
  try {
    return String(db.pragma('quick_check(1)', { simple: true }));
  } finally {
    db.close();
  }
}
