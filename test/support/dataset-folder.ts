import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { RunboardError } from '../../shared/contract/failure.ts';
import { importDataset, type ImportOptions, type ImportResult } from '../../main/node/datasets/import.ts';
import { previewTable } from '../../main/node/datasets/inspect.ts';

/** A folder of a test, gone afterwards, with what it takes to import files from it. */
export class DatasetFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'runboard-data-'));
  readonly out = join(this.path, 'D.db');

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.file(name), content);
    return this.file(name);
  }

  /** Imports what a file would hold. */
  import(name: string, content: string | Uint8Array, options: Partial<ImportOptions> = {}): Promise<ImportResult> {
    const format = options.format ?? name.slice(name.lastIndexOf('.') + 1);
    return importDataset({ path: this.write(name, content), format, out: this.out, ...options });
  }

  /** Rows of a table of the data set, as they are stored. */
  rows(table: string): readonly (readonly (string | number | null)[])[] {
    return previewTable(this.out, table, 0, 10_000).rows;
  }

  /** The reject file, or nothing where there is none. */
  rejects(): string {
    const path = `${this.out}.rejects.csv`;
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A folder per test. */
export function datasetFolders(): () => DatasetFolder {
  const folders: DatasetFolder[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) folder.remove();
  });
  return () => {
    const folder = new DatasetFolder();
    folders.push(folder);
    return folder;
  };
}

/** The failure that a promise ends in; fails the test where it ends well. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<RunboardError> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (thrown) {
    if (thrown instanceof RunboardError) return thrown;
    throw thrown;
  }
  throw new Error('it did not fail');
}
