import type { CancelSignal } from '#shared/contract/methods.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { explain } from './failures.ts';
import { rolesOf, type ImportReport, type Layout } from './layout.ts';
import { describeOpen, openTables } from './load.ts';
import type { Profile } from './profile.ts';
import { countRows } from './read-rows.ts';
import type { ColumnKind, TableName } from './rows.ts';
import { quoteName, readMeta } from './store.ts';

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
    const select = `SELECT ${columns.map(quoteName).join(', ')} FROM ${quoteName(found.stored)} LIMIT ? OFFSET ?`;
    const rows = open.db
      .prepare(select)
      .raw()
      .all(Math.min(Math.max(0, limit), 10_000), Math.max(0, offset)) as (string | number | null)[][];
    return { table, columns, rows, total: countRows(open.db, found.stored) };
  } catch (thrown) {
    throw explain(thrown, path);
  } finally {
    open.close();
  }
}
