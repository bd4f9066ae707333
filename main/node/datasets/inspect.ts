import type { CancelSignal } from '#shared/contract/methods.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { cachedDescription } from './column-cache.ts';
import { explain } from './failures.ts';
import { rolesOf, type ImportReport, type Layout } from './layout.ts';
import { describeOpen, openTables } from './load.ts';
import type { Profile } from './profile.ts';
import { countRows, rowIdName, rowIdsOf } from './read-rows.ts';
import type { ColumnKind, TableName } from './rows.ts';
import { quoteName, readMeta, type Sqlite } from './store.ts';

export interface InspectedTable {
  readonly table: TableName;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind; readonly role: string | null }[];
}

/** Everything `inspect` says of a data set. */
export interface Inspection {
  readonly path: string;
  readonly name: string;
  readonly shape: Layout['shape'];
  readonly fingerprint: string;
  /** Path of the attached SQLite file; null where the rows are in the data set itself. */
  readonly attached: string | null;
  readonly tables: readonly InspectedTable[];
  readonly roles: Readonly<Record<string, string>>;
  readonly profile: Profile;
  readonly warnings: readonly string[];
  readonly report: ImportReport | null;
}

/** Profiles a data set as it is now. */
export async function inspectDataset(
  path: string,
  signal?: CancelSignal,
  onShare?: (share: number) => void,
): Promise<Inspection> {
  const open = openTables(path);
  try {
    const { fingerprint, profile, rows } = await describeOpen(open, signal, onShare);
    return {
      path,
      name: open.name,
      shape: open.layout.shape,
      fingerprint,
      attached: open.db === open.meta ? null : open.db.name,
      tables: open.layout.tables.map(({ table, columns }) => ({
        table,
        rows: rows[table] ?? 0,
        columns: columns.map(({ name, kind, role }) => ({ name, kind, role: role ?? null })),
      })),
      roles: rolesOf(open.layout),
      profile,
      warnings: profile.warnings,
      report: (readMeta(open.meta, 'report', path) as ImportReport | undefined) ?? null,
    };
  } catch (thrown) {
    throw explain(thrown, path);
  } finally {
    open.close();
  }
}

export interface TablePreview {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** Rows of the whole table. */
  readonly total: number;
}

/** Some rows of a table, as they are stored. */
export function previewTable(path: string, table: string, offset: number, limit: number): TablePreview {
  const open = openTables(path);
  try {
    const found = open.layout.tables.find((one) => one.table === table);
    if (found === undefined) {
      const has = open.layout.tables.map((one) => one.table).join(', ');
      throw new RunboardError('not-found', `there is no table ${table}`, { where: path, remedy: `tables are ${has}` });
    }
    const columns = found.columns.map(({ name }) => name);
    const total = cachedDescription(path, open.key)?.rows[found.table] ?? countRows(open.db, found.stored);
    const page = { columns, offset: Math.max(0, offset), limit: Math.min(Math.max(0, limit), 10_000) };
    const rows = pageOf(open.db, found.stored, page, open.db === open.meta ? total : undefined);
    return { table, columns, rows, total };
  } catch (thrown) {
    throw explain(thrown, path);
  } finally {
    open.close();
  }
}

interface Page {
  readonly columns: readonly string[];
  readonly offset: number;
  readonly limit: number;
}

/** Rows of a table. Where it is known to have `numbered` rows with ids from 1 on, none before the page are read. */
function pageOf(db: Sqlite, table: string, { columns, offset, limit }: Page, numbered?: number): TablePreview['rows'] {
  const select = `SELECT ${columns.map(quoteName).join(', ')} FROM ${quoteName(table)}`;
  const rowId = numbered === undefined ? undefined : rowIdName(db, table);
  if (rowId !== undefined) {
    const { first, end } = rowIdsOf(db, table, rowId);
    if (first === 1 && end === numbered) {
      const after = db.prepare(`${select} WHERE ${rowId} > ? ORDER BY ${rowId} LIMIT ?`);
      return after.raw().all(offset, limit) as (string | number | null)[][];
    }
  }
  const skipping = db.prepare(`${select} LIMIT ? OFFSET ?`);
  return skipping.raw().all(limit, offset) as (string | number | null)[][];
}
