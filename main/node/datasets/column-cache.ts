import { existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Dataset } from '#shared/contract/values.ts';
import { chunkBytes, chunkElements, putTogether, sharedArray, takeApart, type LongArray, type Placeholder } from './parts.ts';

/** Raised when the layout of cache files changes: older ones are made again. */
const cacheVersion = 1;

/** The cache of a data set: a file beside it that may be deleted at any time. */
export function cachePath(datasetPath: string): string {
  return `${datasetPath}.columns`;
}

/** Writes the columns of a data set as chunks of typed arrays. A cache that cannot be written is done without. */
export function writeCache(datasetPath: string, key: string, dataset: Dataset): boolean {
  const path = cachePath(datasetPath);
  const draft = `${path}.writing-${process.pid}`;
  let db: Database.Database | undefined;
  try {
    rmSync(draft, { force: true });
    db = new Database(draft);
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.exec('CREATE TABLE cache (key TEXT PRIMARY KEY, value TEXT NOT NULL); CREATE TABLE chunks (path TEXT NOT NULL, start INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (path, start))');
    db.exec('BEGIN');
    const { skeleton, parts } = takeApart(dataset);
    const put = db.prepare('INSERT INTO chunks (path, start, bytes) VALUES (?, ?, ?)');
    for (const part of parts) {
      for (let start = 0; start < part.values.length; start += chunkElements) put.run(part.path, start, chunkBytes(part, start));
    }
    const say = db.prepare('INSERT INTO cache (key, value) VALUES (?, ?)');
    say.run('version', String(cacheVersion));
    say.run('key', key);
    say.run('skeleton', JSON.stringify(skeleton));
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

/** The data set from its cache; undefined where there is none, or none of this content. */
export function readCache(datasetPath: string, key: string): Dataset | undefined {
  const path = cachePath(datasetPath);
  if (!existsSync(path)) return undefined;
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    db.pragma('trusted_schema = OFF');
    const said = db.prepare('SELECT value FROM cache WHERE key = ?').pluck();
    if (said.get('version') !== String(cacheVersion) || said.get('key') !== key) return undefined;
    const chunks = db.prepare('SELECT start, bytes FROM chunks WHERE path = ? ORDER BY start').raw();
    const fill = (at: string, placeholder: Placeholder): LongArray | string[] => fillArray(chunks.iterate(at) as Iterable<[number, Buffer]>, placeholder);
    return putTogether(JSON.parse(said.get('skeleton') as string), fill) as Dataset;
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
