import type { CancelSignal } from '#shared/contract/methods.ts';
import type { Dataset, Truth, VectorColumn } from '#shared/contract/values.ts';
import { fingerprintOf } from './parts.ts';
import { pauses } from './pauses.ts';
import { sharedFloat32 } from './shared-arrays.ts';
import type { Sqlite } from './store.ts';

/**
 * What was read as a data set, with its fingerprint and the truth where its own file holds one. `own` is null where the tables are
 * another's: tables of theirs that happen to be called so say nothing.
 */
export async function withTruth(
  read: Omit<Dataset, 'fingerprint'>,
  own: Sqlite | null,
  signal?: CancelSignal,
): Promise<Dataset> {
  const truth = own === null ? null : readTruth(own, read.users.ids, read.items.ids);
  return { ...read, fingerprint: await fingerprintOf(read, pauses(signal)), ...(truth === null ? {} : { truth }) };
}

/**
 * The tastes that a generator planted (tables truth_users and truth_items; vectors as little-endian 32-bit floats), by the ids of the
 * data set; null where nobody planted any. Users and items that the tables do not know get a vector of zeros: no taste at all.
 */
function readTruth(db: Sqlite, users: readonly string[], items: readonly string[]): Truth | null {
  const tables = db
    .prepare("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('truth_users', 'truth_items')")
    .pluck()
    .get();
  if (tables !== 2) return null;
  // What users like by the end of the log is what they go on liking.
  const tastes = vectorsOf(db, 'SELECT user_id, taste_after FROM truth_users', users);
  const traits = vectorsOf(db, 'SELECT item_id, vector FROM truth_items', items);
  return tastes === null || traits === null || tastes.width !== traits.width ? null : { users: tastes, items: traits };
}

function vectorsOf(db: Sqlite, query: string, ids: readonly string[]): VectorColumn | null {
  const places = new Map(ids.map((id, at) => [id, at]));
  let column: VectorColumn | null = null;
  for (const [id, bytes] of db.prepare(query).raw().iterate() as Iterable<[string, unknown]>) {
    if (!(bytes instanceof Uint8Array) || bytes.length === 0 || bytes.length % 4 !== 0) return null;
    const width = bytes.length / 4;
    column ??= { kind: 'vector', width, values: sharedFloat32(ids.length * width) };
    if (width !== column.width) return null;
    const place = places.get(id);
    if (place === undefined) continue;
    const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let f = 0; f < width; f++) column.values[place * width + f] = numbers.getFloat32(4 * f, true);
  }
  return column;
}
