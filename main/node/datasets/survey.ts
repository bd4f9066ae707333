import type { CancelSignal } from '#shared/contract/methods.ts';
import type { RoleMap } from '#shared/contract/values.ts';
import type { CacheDescription } from './column-cache.ts';
import { DatasetColumns, type StoredDataset } from './columns/dataset-columns.ts';
import { draftPath } from './drafts.ts';
import type { Layout } from './layout.ts';
import { pauses } from './pauses.ts';
import { eachRow } from './read-rows.ts';
import { tableNames } from './rows.ts';
import { sealContents, type ChunkSink } from './seal.ts';
import type { Sqlite } from './store.ts';
import { storedTruth } from './stored-truth.ts';

/** Tables to be read as a data set. */
export interface SurveyedTables {
  readonly db: Sqlite;
  readonly layout: Layout;
  readonly name: string;
  /** The data set beside which there may be a scratch file. */
  readonly scratchBeside: string;
  /** The columns, where they were gathered already. */
  readonly columns?: DatasetColumns;
}

export interface SurveyOptions {
  readonly sink: ChunkSink;
  readonly signal: CancelSignal | undefined;
  /** Told how much is done, from 0 to 1. */
  readonly onShare?: (share: number) => void;
}

export interface Survey {
  /** The data set with placeholders for the arrays that the sink was given. */
  readonly skeleton: unknown;
  readonly roles: RoleMap;
  readonly nulls: StoredDataset['nulls'];
  readonly description: CacheDescription;
}

/** About how much of the time goes into reading rows. */
const readingShare = 0.7;

/**
 * Reads a data set once, by rows, and its gathered columns once: fingerprint, profile, and the columns themselves for the sink. Memory
 * does not grow with the number of rows.
 */
export async function surveyDataset(tables: SurveyedTables, { sink, signal, onShare }: SurveyOptions): Promise<Survey> {
  const { db, layout, name } = tables;
  const columns = tables.columns ?? new DatasetColumns(draftPath(tables.scratchBeside, 'scratch'));
  try {
    let done = 0;
    const advance = (share: number): void => onShare?.(done + (1 - done) * share);
    if (tables.columns === undefined) {
      await gatherRows(db, layout, columns, { signal, advance: (share) => onShare?.(readingShare * share) });
      done = readingShare;
    }
    const pause = pauses(signal);
    const stored = await columns.finish(layout, name, pause);
    const sealed = await sealContents(stored.contents, { sink, pause, advance });
    // Tables of an attached file that happen to be called as those of the truth say nothing.
    const truth =
      layout.attached === undefined ? await storedTruth(db, stored.ids, columns.scratch, { sink, pause }) : {};
    const { rows, nulls, items } = stored;
    return {
      skeleton: { ...(sealed.skeleton as object), ...truth },
      roles: stored.contents.roles,
      nulls,
      description: { fingerprint: sealed.fingerprint, items, rows, profile: stored.profile() },
    };
  } finally {
    columns.close();
  }
}

/** Reads all rows of a data set into columns: users and items first. */
async function gatherRows(
  db: Sqlite,
  layout: Layout,
  columns: DatasetColumns,
  { signal, advance }: { readonly signal: CancelSignal | undefined; readonly advance: (share: number) => void },
): Promise<void> {
  const tables = layout.tables.toSorted((a, b) => tableNames.indexOf(a.table) - tableNames.indexOf(b.table));
  for (const [t, table] of tables.entries()) {
    // Our own tables hold ids as text already.
    const ids = layout.attached === undefined ? [] : table.columns.filter(({ kind }) => kind === 'id');
    const reach = {
      table: table.stored,
      columns: table.columns.map(({ name }) => name),
      asText: new Set(ids.map(({ name }) => name)),
    };
    await eachRow(db, reach, columns.adder(table), {
      signal,
      advance: (share) => advance((t + share) / tables.length),
    });
  }
}
