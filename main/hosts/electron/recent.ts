import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const most = 12;

/** The list with a design at its head, each once. */
export function withRecent(list: readonly string[], path: string): readonly string[] {
  return [path, ...list.filter((one) => one !== path)].slice(0, most);
}

/** Designs opened lately, newest first; none where the list cannot be read. */
export function readRecent(file: string): readonly string[] {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(found) ? found.filter((one): one is string => typeof one === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Keeps the list; a list that cannot be kept is no reason to stop anybody's work. */
export function keepRecent(file: string, list: readonly string[]): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(list, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  } catch (fault) {
    process.stderr.write(`recent designs could not be kept: ${(fault as Error).message}\n`);
  }
}
