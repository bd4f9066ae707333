import type { Ids } from './columns/event-columns.ts';
import type { IdCodes } from './columns/coded-texts.ts';
import type { Scratch } from './columns/scratch.ts';
import { Spool } from './columns/spool.ts';
import { StoredNumbers } from './columns/stored-arrays.ts';
import type { Pause } from './pauses.ts';
import { sealContents, type ChunkSink } from './seal.ts';
import type { Sqlite } from './store.ts';

interface Vectors {
  readonly width: number;
  readonly values: Spool;
}

/**
 * The tastes that a generator planted (tables truth_users and truth_items; vectors as little-endian 32-bit floats), by the codes of the
 * ids: given to the sink, and what is to be added to the skeleton of the data set; nothing where nobody planted any. Users and items that
 * the tables do not know get a vector of zeros: no taste at all.
 */
export async function storedTruth(
  db: Sqlite,
  { users, items }: Ids,
  scratch: Scratch,
  { sink, pause }: { readonly sink: ChunkSink; readonly pause: Pause },
): Promise<{ readonly truth?: unknown }> {
  const tables = db
    .prepare("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('truth_users', 'truth_items')")
    .pluck()
    .get();
  if (tables !== 2) return {};
  // What users like by the end of the log is what they go on liking.
  const tastes = await vectorsOf({ db, query: 'SELECT user_id, taste_after FROM truth_users', scratch }, users, pause);
  const traits = await vectorsOf({ db, query: 'SELECT item_id, vector FROM truth_items', scratch }, items, pause);
  if (tastes === null || traits === null || tastes.width !== traits.width) return {};
  const truth = { users: columnOf(tastes), items: columnOf(traits) };
  const sealed = await sealContents({ truth }, { sink, pause });
  return { truth: (sealed.skeleton as { truth: unknown }).truth };
}

function columnOf({ width, values }: Vectors): object {
  return { kind: 'vector', width, values: new StoredNumbers('Float32Array', values) };
}

interface VectorTable {
  readonly db: Sqlite;
  readonly query: string;
  readonly scratch: Scratch;
}

async function vectorsOf(table: VectorTable, ids: IdCodes, pause: Pause): Promise<Vectors | null> {
  const values = new Spool(table.scratch, 'Float32Array');
  let width = 0;
  let next = 0; // the code whose vector comes next: rows come in the order of the codes where a generator wrote them
  const zerosUpTo = (code: number): void => {
    for (; next < code; next++) for (let f = 0; f < width; f++) values.push(0);
  };
  let rows = 0;
  for (const [id, bytes] of table.db.prepare(table.query).raw().iterate() as Iterable<[string, unknown]>) {
    if (rows++ % 4096 === 0) await pause();
    if (!(bytes instanceof Uint8Array) || bytes.length === 0 || bytes.length % 4 !== 0) return null;
    if (width === 0) width = bytes.length / 4;
    if (bytes.length !== width * 4) return null;
    const code = ids.find(id);
    if (code === -1) continue;
    if (code < next) return null;
    zerosUpTo(code);
    const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let f = 0; f < width; f++) values.push(numbers.getFloat32(4 * f, true));
    next++;
  }
  if (width === 0) return null;
  zerosUpTo(ids.size);
  return { width, values };
}
