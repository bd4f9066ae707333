import { loadDataset, openTables } from './load.ts';
import { cachedFingerprint } from './column-cache.ts';
import { explain } from './failures.ts';
import type { CancelSignal } from '#shared/contract/methods.ts';

/** A data set in a few words. */
export interface Description {
  readonly name: string;
  readonly fingerprint: string;
  /** Size of the catalogue; undefined for flat tables. */
  readonly items: number | undefined;
}

/** Names a data set and its fingerprint: at once where its columnar cache is current, else by reading it, which makes the cache. */
export async function describeDataset(path: string, signal?: CancelSignal): Promise<Description> {
  const open = openTables(path);
  try {
    const known = cachedFingerprint(path, open.key);
    if (known !== undefined) return { name: open.name, ...known };
  } catch (thrown) {
    throw explain(thrown, path);
  } finally {
    open.close();
  }
  const dataset = await loadDataset(path, signal);
  return {
    name: dataset.name,
    fingerprint: dataset.fingerprint,
    items: dataset.shape === 'events' ? dataset.items.ids.length : undefined,
  };
}
