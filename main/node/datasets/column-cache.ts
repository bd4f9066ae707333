import { existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { draftPath } from './drafts.ts';
import type { Dataset } from '#shared/contract/values.ts';
import {
  chunkBytes,
  chunkElements,
  putTogether,
  sharedArray,
  takeApart,
  type LongArray,
  type Placeholder,
} from './parts.ts';

/** Raised when the layout of cache files changes: older ones are made again. */
const cacheVersion = 2;

/** The cache of a data set: a file beside it that may be deleted at any time. */
export function cachePath(datasetPath: string): string {
  return `${datasetPath}.columns`;
}

/** Writes the columns of a data set as chunks of typed arrays. A cache that cannot be written is done without. */
export function writeCache(datasetPath: string, key: string, dataset: Dataset): boolean {
  const path = cachePath(datasetPath);
  const draft = draftPath(datasetPath, 'columns');
  let db: Database.Database | undefined;
  try {
    db = new Database(draft);
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.exec(
      'CREATE TABLE cache (key TEXT PRIMARY KEY, value TEXT NOT NULL); CREATE TABLE chunks (path TEXT NOT NULL, start INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (path, start))',
    );
    db.exec('BEGIN');
    const { skeleton, parts } = takeApart(dataset);
    const put = db.prepare('INSERT INTO chunks (path, start, bytes) VALUES (?, ?, ?)');
    for (const part of parts) {
      for (let start = 0; start < part.values.length; start += chunkElements)
        put.run(part.path, start, chunkBytes(part, start));
    }
    const say = db.prepare('INSERT INTO cache (key, value) VALUES (?, ?)');
    say.run('version', String(cacheVersion));
    say.run('key', key);
    say.run('skeleton', JSON.stringify(skeleton));
    const items = dataset.shape === 'events' ? dataset.items.ids.length : undefined;
    say.run('description', JSON.stringify({ fingerprint: dataset.fingerprint, items }));
    db.exec('COMMIT');
    db.close();
    renameSync(draft, path);
    return true;
  } catch {
    db?.close();
    rmSync(draft, { force: true });
    return false;
  }
}

/** Fingerprint and size of the catalogue, from the cache; undefined where there is none of this content. */
export function cachedFingerprint(
  datasetPath: string,
  key: string,
): { readonly fingerprint: string; readonly items: number | undefined } | undefined {
  return fromCache(datasetPath, key, (_db, said) => {
    const { fingerprint, items } = JSON.parse(said('description')) as { fingerprint: string; items?: number };
    return { fingerprint, items };
  });
}

/** The data set from its cache; undefined where there is none, or none of this content. */
export function readCache(datasetPath: string, key: string): Dataset | undefined {
  return fromCache(datasetPath, key, (db, said) => {
    const chunks = db.prepare('SELECT start, bytes FROM chunks WHERE path = ? ORDER BY start').raw();
    const fill = (at: string, placeholder: Placeholder): LongArray | string[] =>
      fillArray(chunks.iterate(at) as Iterable<[number, Buffer]>, placeholder);
    return putTogether(JSON.parse(said('skeleton')), fill) as Dataset;
  });
}

function fromCache<Found>(
  datasetPath: string,
  key: string,
  take: (db: Database.Database, said: (key: string) => string) => Found,
): Found | undefined {
  const path = cachePath(datasetPath);
  if (!existsSync(path)) return undefined;
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    db.pragma('trusted_schema = OFF');
    const value = db.prepare('SELECT value FROM cache WHERE key = ?').pluck();
    const said = (name: string): string => value.get(name) as string;
    if (said('version') !== String(cacheVersion) || said('key') !== key) return undefined;
    return take(db, said);
  } catch {
    return undefined; // damaged or half-written: made again from the rows
  } finally {
    db?.close();
  }
}

function fillArray(chunks: Iterable<[number, Buffer]>, { $array, length }: Placeholder): LongArray | string[] {
  let filled = 0;
  if ($array === 'texts') {
    const texts: string[] = [];
    for (const [, bytes] of chunks) for (const text of JSON.parse(bytes.toString()) as string[]) texts.push(text);
    if (texts.length !== length) throw new Error('texts are missing');
    return texts;
  }
  const array = sharedArray($array, length);
  const target = new Uint8Array(array.buffer);
  for (const [start, bytes] of chunks) {
    target.set(bytes, start * array.BYTES_PER_ELEMENT);
    filled += bytes.length;
  }
  if (filled !== array.byteLength) throw new Error('chunks are missing');
  return array;
}
