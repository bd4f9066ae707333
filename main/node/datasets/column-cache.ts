import { existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Dataset } from '#shared/contract/values.ts';
import { draftPath } from './drafts.ts';
import { putTogether, sharedArray, type LongArray, type Placeholder } from './parts.ts';
import type { Profile } from './profile.ts';
import type { TableName } from './rows.ts';
import type { ChunkSink } from './seal.ts';

/** Raised when the layout of cache files changes: older ones are made again. */
const cacheVersion = 3;

/** What a cache says of its data set beside the columns. */
export interface CacheDescription {
  readonly fingerprint: string;
  /** Size of the catalogue; absent for flat tables. */
  readonly items?: number;
  /** Rows of the tables as they are stored. */
  readonly rows: Readonly<Partial<Record<TableName, number>>>;
  readonly profile: Profile;
}

/** The cache of a data set: a file beside it that may be deleted at any time. */
export function cachePath(datasetPath: string): string {
  return `${datasetPath}.columns`;
}

/** A cache while it is written: the columns as chunks of typed arrays. One that cannot be written is done without. */
export class CacheDraft implements ChunkSink {
  private readonly datasetPath: string;
  private readonly path: string;
  /** Absent once something failed. */
  private db: Database.Database | undefined;
  private insert: Database.Statement | undefined;

  constructor(datasetPath: string) {
    this.datasetPath = datasetPath;
    this.path = draftPath(datasetPath, 'columns');
    this.attempt(() => {
      const db = (this.db = new Database(this.path));
      db.pragma('journal_mode = OFF');
      db.pragma('synchronous = OFF');
      db.exec(
        'CREATE TABLE cache (key TEXT PRIMARY KEY, value TEXT NOT NULL); CREATE TABLE chunks (path TEXT NOT NULL, start INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (path, start))',
      );
      db.exec('BEGIN');
      this.insert = db.prepare('INSERT INTO chunks (path, start, bytes) VALUES (?, ?, ?)');
    });
  }

  put(path: string, start: number, bytes: Uint8Array): void {
    this.attempt(() => this.insert?.run(path, start, bytes));
  }

  describe(skeleton: unknown, description: CacheDescription): void {
    this.say('skeleton', JSON.stringify(skeleton));
    this.say('description', JSON.stringify(description));
  }

  /** Makes this the cache of what the data set is under a key. */
  publish(key: string): void {
    this.say('version', String(cacheVersion));
    this.say('key', key);
    this.attempt(() => {
      if (this.db === undefined) return;
      this.db.exec('COMMIT');
      this.db.close();
      this.db = undefined;
      renameSync(this.path, cachePath(this.datasetPath));
    });
  }

  private say(key: string, value: string): void {
    this.attempt(() => this.db?.prepare('INSERT INTO cache (key, value) VALUES (?, ?)').run(key, value));
  }

  private attempt(step: () => void): void {
    try {
      step();
    } catch {
      this.abandon();
    }
  }

  /** Leaves no trace. */
  abandon(): void {
    this.db?.close();
    this.db = undefined;
    this.insert = undefined;
    rmSync(this.path, { force: true });
  }
}

/** What the cache says of its data set; undefined where there is none of this content. */
export function cachedDescription(datasetPath: string, key: string): CacheDescription | undefined {
  return fromCache(datasetPath, key, (_db, said) => JSON.parse(said('description')) as CacheDescription);
}

/** The data set from its cache; undefined where there is none, or none of this content. */
export function readCache(datasetPath: string, key: string): Dataset | undefined {
  return fromCache(datasetPath, key, (db, said) => {
    const chunks = db.prepare('SELECT start, bytes FROM chunks WHERE path = ? ORDER BY start').raw();
    const fill = (at: string, placeholder: Placeholder): LongArray | string[] =>
      fillArray(chunks.iterate(at) as Iterable<[number, Buffer]>, placeholder);
    const contents = putTogether(JSON.parse(said('skeleton')), fill) as Omit<Dataset, 'fingerprint'>;
    return { ...contents, fingerprint: (JSON.parse(said('description')) as CacheDescription).fingerprint };
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
