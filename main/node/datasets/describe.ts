import type { CancelSignal } from '#shared/contract/methods.ts';
import { explain } from './failures.ts';
import { describeOpen, openTables } from './load.ts';

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
    const { fingerprint, items } = await describeOpen(open, signal);
    return { name: open.name, fingerprint, items };
  } catch (thrown) {
    throw explain(thrown, path);
  } finally {
    open.close();
  }
}
