import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where a file that belongs to a data set is written before it is renamed: beside it, hidden, naming the process. */
export function draftPath(datasetPath: string, what: string): string {
  const unique = `${process.pid}-${randomBytes(4).toString('hex')}`;
  return join(dirname(datasetPath), `${draftPrefix(datasetPath)}${unique}-${what}`);
}

function draftPrefix(datasetPath: string): string {
  return `.${basename(datasetPath)}.importing-`;
}

/** Removes drafts of processes that are gone. */
export function removeLeftovers(datasetPath: string): void {
  const prefix = draftPrefix(datasetPath);
  for (const name of readdirSync(dirname(datasetPath))) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (!isAlive(pid)) rmSync(join(dirname(datasetPath), name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as { code?: unknown }).code === 'EPERM';
  }
}
