import type { StoredTable } from '../layout.ts';
import type { Pause } from '../pauses.ts';
import type { Cell } from '../rows.ts';
import { IdCodes } from './coded-texts.ts';
import type { Room } from './column-spools.ts';
import { FurtherColumns, placeOf, type FinishedTable } from './table-columns.ts';

/** Gathers users or items: those of their table, and those that only other tables name. */
export class EntityColumns {
  readonly ids: IdCodes;
  private readonly key: number;
  private readonly further: FurtherColumns;

  constructor(table: StoredTable | undefined, role: 'user' | 'item', room: Room) {
    this.ids = new IdCodes(room.scratch);
    this.key = table === undefined ? -1 : placeOf(table, role);
    this.further = new FurtherColumns(table, [role], room, true);
  }

  add(row: readonly Cell[]): void {
    const id = row[this.key];
    const before = this.ids.size;
    if (id === null || this.ids.code(String(id)) < before) return; // an attached file may repeat an id: the first row counts
    this.further.add(row);
  }

  /** To be called when all tables were read. */
  finish(pause: Pause): Promise<FinishedTable> {
    return this.further.finish(this.ids.size, pause);
  }
}
