import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const readme = join(import.meta.dirname, '../../../README.md');
const [begin, end] = ['<!-- bench:board -->', '<!-- /bench:board -->'];

/** Puts the tables between their marks in the README. */
export async function writeTables(tables: string): Promise<void> {
  const text = await readFile(readme, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the README has no place for them: ${begin} … ${end}`);
  await writeFile(readme, `${text.slice(0, from + begin.length)}\n\n${tables}\n\n${text.slice(to)}`);
}
