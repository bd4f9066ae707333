import type { RoleMap } from '#shared/contract/values.ts';
import type { ColumnKind, TableName } from './rows.ts';

/** How one column of a data set is stored. */
export interface StoredColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly separator?: string;
  readonly role?: string;
}

export interface StoredTable {
  readonly table: TableName;
  /** Name of the SQLite table: differs from `table` only in an attached file. */
  readonly stored: string;
  readonly columns: readonly StoredColumn[];
}

/** Which tables a data set has, and what their columns mean. Kept in `runboard_meta`. */
export interface Layout {
  readonly shape: 'events' | 'examples';
  readonly tables: readonly StoredTable[];
  /** Path of the SQLite file that holds the tables, where it is not this one: relative to the data set where it is below its folder. */
  readonly attached?: string;
}

/** What became of a column during an import. */
export interface ColumnReport {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly role?: string;
  readonly nulls: number;
  /** Cells of a number column that hold no number; they were kept as text. */
  readonly irregular: number;
}

export interface TableReport {
  readonly table: TableName;
  readonly source: string;
  readonly rows: number;
  readonly rejected: number;
  readonly columns: readonly ColumnReport[];
}

/** What an import or a generation did. */
export interface ImportReport {
  readonly format: string;
  readonly source: string;
  readonly tables: readonly TableReport[];
  readonly rejected: number;
  /** Where the rejected rows are; null where there are none. */
  readonly rejectFile: string | null;
  /** The first few reasons, for people. */
  readonly firstRejects: readonly string[];
  readonly notes: readonly string[];
}

/** Name of the column that plays a role in a table. */
export function columnOf(table: StoredTable | undefined, role: string): StoredColumn | undefined {
  return table?.columns.find((column) => column.role === role);
}

/** Role to column, over all tables. */
export function rolesOf(layout: Layout): RoleMap {
  const roles: Record<string, string> = {};
  for (const table of layout.tables) {
    for (const { role, name } of table.columns)
      if (role !== undefined && !Object.hasOwn(roles, role)) roles[role] = name;
  }
  return roles;
}
