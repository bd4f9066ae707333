import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { RunboardError } from '#shared/contract/failure.ts';
import { isFolder } from '../failures.ts';
import type { SourceColumn, TableName, TableSource } from '../rows.ts';

/** Opens a file as a table. */
export type Opener = (
  file: string,
  table: TableName,
) => Promise<{ readonly source: TableSource; readonly notes: readonly string[] }>;

/** A file among several of one table, and what tells its rows from those of the others. */
export interface NamedFile {
  readonly path: string;
  readonly name: string;
}

/**
 * Logs of several policies: a folder per policy, one file in each, as the Open Bandit Dataset has them. None where folders hold
 * something else.
 */
export function policyFiles(folder: string, endings: readonly string[]): NamedFile[] {
  const found: NamedFile[] = [];
  for (const name of readdirSync(folder).sort()) {
    const inner = join(folder, name);
    if (name.startsWith('.') || !isFolder(inner)) continue;
    const files = readdirSync(inner).filter((file) => endings.includes(parse(file).ext.slice(1).toLowerCase()));
    if (files.length !== 1) return [];
    found.push({ path: join(inner, files[0]), name });
  }
  return found.length > 1 ? found : [];
}

/** One table of several files with equal columns, and a further column that says which file a row is from. */
export async function joinFiles(
  files: readonly NamedFile[],
  column: SourceColumn,
  opener: (file: string) => ReturnType<Opener>,
): Promise<{ source: TableSource; notes: readonly string[] }> {
  const opened = await Promise.all(files.map(({ path }) => opener(path)));
  const first = opened[0].source;
  const names = first.columns.map(({ name }) => name).join('\t');
  for (const { source } of opened) {
    if (source.columns.map(({ name }) => name).join('\t') !== names) {
      throw new RunboardError('bad-input', `has other columns than ${first.path}`, { where: source.path });
    }
  }
  const source: TableSource = {
    ...first,
    bytes: opened.reduce((sum, one) => sum + one.source.bytes, 0),
    columns: [column, ...first.columns],
    async *rows(reading) {
      for (const [at, one] of opened.entries()) {
        const { name } = files[at];
        const inFile = {
          ...reading,
          advance: (bytes: number) => reading.advance(bytes),
          reject: (line: number, why: string, text: string) => reading.reject(line, `${why} (${name})`, text),
        };
        for await (const batch of one.source.rows(inFile)) {
          yield { ...batch, columns: [Array.from({ length: batch.rows }, () => name), ...batch.columns] };
        }
      }
    },
  };
  return { source, notes: opened[0].notes };
}
