import type { CancelSignal } from '#shared/contract/methods.ts';
import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Dataset } from '#shared/contract/values.ts';
import { readCache, writeCache } from './column-cache.ts';
import { badInput, explain } from './failures.ts';
import type { Layout } from './layout.ts';
import { readRowsOfDataset } from './read-dataset.ts';
import { withTruth } from './read-truth.ts';
import { openDataset, openReadOnly, readHeader, readMeta, requireSqlite, type Sqlite } from './store.ts';

/** An open data set: where its tables are, and what they mean. */
export interface OpenDataset {
  readonly path: string;
  readonly name: string;
  readonly layout: Layout;
  /** Holds `runboard_meta`. */
  readonly meta: Sqlite;
  /** Holds the tables: the same connection, or one to the attached file. */
  readonly db: Sqlite;
  /** Changes whenever the tables may have. */
  readonly key: string;
  close(): void;
}

/** Opens a data set; tables of an attached file are found where it was attached from. */
export function openTables(path: string): OpenDataset {
  const meta = openDataset(path);
  try {
    const layout = readMeta(meta, 'layout', path) as Layout | undefined;
    if (layout === undefined || !Array.isArray(layout.tables))
      throw badInput('does not say what its tables mean', path, 'import or generate it again');
    const name = readMeta(meta, 'name', path);
    const attached = layout.attached === undefined ? undefined : resolve(dirname(path), layout.attached);
    if (attached !== undefined) requireAttached(attached, path);
    const db = attached === undefined ? meta : openReadOnly(attached);
    return {
      path,
      name: typeof name === 'string' ? name : basename(path),
      layout,
      meta,
      db,
      key: stateKey(path) + (attached === undefined ? '' : `+${stateKey(attached)}`),
      close() {
        if (db !== meta) db.close();
        meta.close();
      },
    };
  } catch (thrown) {
    meta.close();
    throw explain(thrown, path);
  }
}

function requireAttached(attached: string, path: string): void {
  if (statSync(attached, { throwIfNoEntry: false }) === undefined) {
    throw new RunboardError('not-found', `the attached file ${attached} is gone`, {
      where: path,
      remedy: 'put it back, or attach it again',
    });
  }
  requireSqlite(attached);
}

/** What changes in a SQLite file whenever somebody commits to it. */
export function stateKey(path: string): string {
  const header = readHeader(path);
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  const tail = wal === undefined || wal.size === 0 ? '' : `:${wal.size}:${wal.mtimeMs}`;
  return `${header?.bytes ?? 0}:${header?.changes ?? 0}:${statSync(path).mtimeMs}${tail}`;
}

/** Loads a data set: from its columnar cache where that is current, else from its rows, and then the cache is written. */
export async function loadDataset(path: string, signal?: CancelSignal): Promise<Dataset> {
  const open = openTables(path);
  try {
    const cached = readCache(path, open.key);
    if (cached !== undefined) return { ...cached, name: open.name };
    const read = await readRowsOfDataset(open.db, open.layout, open.name, signal);
    const dataset = await withTruth(read, open.db === open.meta ? open.db : null, signal);
    writeCache(path, open.key, dataset);
    return dataset;
  } catch (thrown) {
    throw explain(thrown, path);
  } finally {
    open.close();
  }
}
