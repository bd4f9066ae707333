import type { CancelSignal } from '#shared/contract/methods.ts';
import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Dataset } from '#shared/contract/values.ts';
import { CacheDraft, cachedDescription, readCache, type CacheDescription } from './column-cache.ts';
import { both, ColumnsInMemory } from './columns-in-memory.ts';
import { badInput, explain } from './failures.ts';
import type { Layout } from './layout.ts';
import type { ChunkSink } from './seal.ts';
import { openDataset, openReadOnly, readMeta, requireSqlite, stateKey, type Sqlite } from './store.ts';
import { surveyDataset, type Survey } from './survey.ts';

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
  let db = meta;
  try {
    const layout = readMeta(meta, 'layout', path) as Layout | undefined;
    if (layout === undefined || !Array.isArray(layout.tables))
      throw badInput('does not say what its tables mean', path, 'import or generate it again');
    const name = readMeta(meta, 'name', path);
    const attached = layout.attached === undefined ? undefined : resolve(dirname(path), layout.attached);
    if (attached !== undefined) requireAttached(attached, path);
    if (attached !== undefined) db = openReadOnly(attached);
    requireTables(db, layout, attached ?? path);
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
    db.close();
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

/** Refuses what only looks like a table: a view in a file from elsewhere computes whatever it likes, for as long as it likes. */
function requireTables(db: Sqlite, { tables }: Layout, path: string): void {
  const find = db.prepare(
    "SELECT 1 FROM sqlite_schema WHERE name = ? AND type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
  );
  for (const { stored } of tables) {
    if (find.get(stored) === undefined) throw badInput(`has no table ${stored}`, path, 'import or generate it again');
  }
}

/** What is known of a data set without its columns: from its columnar cache where that is current, else by reading it, which makes the cache. */
export async function describeOpen(
  open: OpenDataset,
  signal?: CancelSignal,
  onShare?: (share: number) => void,
): Promise<CacheDescription> {
  const known = cachedDescription(open.path, open.key);
  if (known !== undefined) return known;
  return (await survey(open, { signal, onShare })).description;
}

/** Whether a data set can be described at once. */
export function isDescribed(path: string): boolean {
  const open = openTables(path);
  try {
    return cachedDescription(path, open.key) !== undefined;
  } finally {
    open.close();
  }
}

/** Loads a data set: from its columnar cache where that is current, else from its rows, and then the cache is written. */
export async function loadDataset(path: string, signal?: CancelSignal): Promise<Dataset> {
  const open = openTables(path);
  try {
    const cached = readCache(path, open.key);
    if (cached !== undefined) return { ...cached, name: open.name };
    const memory = new ColumnsInMemory();
    const { skeleton, description } = await survey(open, { signal, memory });
    return { ...memory.contents(skeleton), fingerprint: description.fingerprint };
  } catch (thrown) {
    throw explain(thrown, path);
  } finally {
    open.close();
  }
}

interface Surveying {
  readonly signal?: CancelSignal;
  readonly onShare?: (share: number) => void;
  /** Gets the columns too. */
  readonly memory?: ChunkSink;
}

/** Reads an open data set, and writes its cache. */
async function survey(open: OpenDataset, { signal, onShare, memory }: Surveying): Promise<Survey> {
  const cache = new CacheDraft(open.path);
  try {
    const { db, layout, name, path } = open;
    const sink = memory === undefined ? cache : both(cache, memory);
    const found = await surveyDataset({ db, layout, name, scratchBeside: path }, { sink, signal, onShare });
    cache.describe(found.skeleton, found.description);
    cache.publish(open.key);
    return found;
  } catch (thrown) {
    cache.abandon();
    throw thrown;
  }
}
