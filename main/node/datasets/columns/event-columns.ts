import type { StoredTable } from '../layout.ts';
import type { Pause } from '../pauses.ts';
import { numberOf, timeOf } from '../read-cells.ts';
import type { Cell } from '../rows.ts';
import { CodeCounts } from './code-counts.ts';
import type { IdCodes } from './coded-texts.ts';
import { NumberSpool, type Room } from './column-spools.ts';
import { Repeats } from './repeats.ts';
import { Spool } from './spool.ts';
import { StoredNumbers } from './stored-arrays.ts';
import { FurtherColumns, placeOf, type FinishedTable } from './table-columns.ts';

export interface Ids {
  readonly users: IdCodes;
  readonly items: IdCodes;
}

/** Gathers events. */
export class EventColumns {
  rows = 0;
  readonly perUser = new CodeCounts();
  readonly perItem = new CodeCounts();
  readonly time: NumberSpool;
  readonly value: NumberSpool;
  private readonly user: Spool;
  private readonly item: Spool;
  private readonly repeats: Repeats;
  private readonly further: FurtherColumns;
  private readonly places: readonly number[];
  private readonly ids: Ids;

  constructor(table: StoredTable | undefined, ids: Ids, room: Room) {
    const roles = ['user', 'item', 'time', 'value'];
    const { scratch } = room;
    this.ids = ids;
    this.places = roles.map((role) => (table === undefined ? -1 : placeOf(table, role)));
    this.user = new Spool(scratch, 'Int32Array');
    this.item = new Spool(scratch, 'Int32Array');
    this.time = new NumberSpool(scratch, 'Float64Array');
    this.value = new NumberSpool(scratch, 'Float32Array');
    this.repeats = new Repeats(scratch);
    this.further = new FurtherColumns(table, roles, room);
  }

  add(row: readonly Cell[]): void {
    const [userAt, itemAt, timeAt, valueAt] = this.places;
    const actor = row[userAt];
    const object = row[itemAt];
    if (actor === null || object === null) return; // only an attached file can hold such rows
    const user = this.ids.users.code(String(actor));
    const item = this.ids.items.code(String(object));
    const time = timeAt === -1 ? NaN : timeOf(row[timeAt]);
    const value = valueAt === -1 ? 1 : Math.fround(numberOf(row[valueAt]));
    this.user.push(user);
    this.item.push(item);
    this.time.add(time);
    this.value.add(value);
    this.perUser.add(user);
    this.perItem.add(item);
    this.repeats.add(user, item, time, value);
    this.further.add(row);
    this.rows++;
  }

  countRepeats(pause: Pause): Promise<number> {
    return this.repeats.count(pause);
  }

  async finish(pause: Pause): Promise<{ readonly arrays: object; readonly further: FinishedTable }> {
    const further = await this.further.finish(this.rows, pause);
    return {
      arrays: {
        user: new StoredNumbers('Int32Array', this.user),
        item: new StoredNumbers('Int32Array', this.item),
        time: this.time.stored(),
        value: this.value.stored(),
        table: further.table,
      },
      further,
    };
  }
}
