import { columnOf, type StoredColumn, type StoredTable } from '../layout.ts';
import type { Pause } from '../pauses.ts';
import type { Cell } from '../rows.ts';
import type { ColumnProfile } from '../column-profile.ts';
import { columnSpool, type ColumnSpool, type Facts, type FinishedColumn, type Room } from './column-spools.ts';

/** A column of a table that goes into the data set as it is, and its place in the row. */
interface Further {
  readonly column: StoredColumn;
  readonly at: number;
  readonly spool: ColumnSpool;
}

export interface FinishedTable {
  /** As in a data set, but that its arrays are stored. */
  readonly table: { readonly rows: number; readonly columns: Readonly<Record<string, unknown>> };
  /** To be asked for when the stored arrays were read once. */
  readonly profiles: () => readonly ColumnProfile[];
  /** Rows at the end that hold nothing; 0 where there are no columns. */
  readonly emptyRows: number;
}

/** The columns of a table that play none of the parts left out. */
export class FurtherColumns {
  private readonly further: Further[] = [];

  constructor(table: StoredTable | undefined, leaveOut: readonly string[], room: Room, entities = false) {
    table?.columns.forEach((column, at) => {
      if (column.role !== undefined && leaveOut.includes(column.role)) return;
      this.further.push({ column, at, spool: columnSpool(column, room, entities) });
    });
  }

  add(row: readonly Cell[]): void {
    for (const { at, spool } of this.further) spool.add(row[at]);
  }

  /** Columns of `rows` rows: what was not added is missing. */
  async finish(rows: number, pause: Pause): Promise<FinishedTable> {
    const columns: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    const finished: Record<string, FinishedColumn> = Object.create(null) as Record<string, FinishedColumn>;
    let last = -1;
    for (const { column, spool } of this.further) {
      while (spool.length < rows) spool.add(null);
      last = Math.max(last, spool.lastFilled);
      finished[column.name] = await spool.finish(pause);
      columns[column.name] = finished[column.name].column;
    }
    return {
      table: { rows, columns: { ...columns } },
      profiles: () => Object.entries(finished).map(([name, { facts }]) => columnProfile(name, null, facts())),
      emptyRows: this.further.length === 0 ? 0 : rows - 1 - last,
    };
  }
}

/** A profile in full: what is not known is said to be absent. */
export function columnProfile(name: string, role: string | null, facts: Facts): ColumnProfile {
  return {
    missing: 0,
    distinct: null,
    minimum: null,
    maximum: null,
    mean: null,
    top: [],
    histogram: [],
    ...facts,
    name,
    role,
  };
}

/** Place of the column that plays a role; -1 where none does. */
export function placeOf(table: StoredTable, role: string): number {
  const column = columnOf(table, role);
  return column === undefined ? -1 : table.columns.indexOf(column);
}
