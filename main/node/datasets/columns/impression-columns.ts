import type { StoredTable } from '../layout.ts';
import type { Pause } from '../pauses.ts';
import { numberOf, timeOf } from '../read-cells.ts';
import type { Cell } from '../rows.ts';
import { CodeCounts } from './code-counts.ts';
import { CodedTexts } from './coded-texts.ts';
import { NumberSpool, type Room } from './column-spools.ts';
import type { Ids } from './event-columns.ts';
import { Spool } from './spool.ts';
import { StoredNumbers } from './stored-arrays.ts';
import { FurtherColumns, placeOf, type FinishedTable } from './table-columns.ts';

/** The id given to whoever acted where the data set does not say. */
const nobody = 'anonymous';

/** The id given to whatever was shown in a log of users and outcomes only. */
const unsaid = 'anything';

const roles = [
  'user',
  'item',
  'time',
  'impression.request',
  'impression.position',
  'impression.propensity',
  'impression.click',
] as const;

/** Gathers impressions. */
export class ImpressionColumns {
  rows = 0;
  readonly perUser = new CodeCounts();
  readonly perItem = new CodeCounts();
  readonly time: NumberSpool;
  readonly position: NumberSpool;
  readonly propensity: NumberSpool;
  readonly click: NumberSpool;
  private readonly user: Spool;
  private readonly item: Spool;
  private readonly request: CodedTexts;
  private readonly further: FurtherColumns;
  private readonly places: readonly number[];
  private readonly ids: Ids;

  constructor(table: StoredTable, ids: Ids, room: Room) {
    const { scratch, texts: limit } = room;
    this.ids = ids;
    this.places = roles.map((role) => placeOf(table, role));
    this.user = new Spool(scratch, 'Int32Array');
    this.item = new Spool(scratch, 'Int32Array');
    this.time = new NumberSpool(scratch, 'Float64Array');
    this.request = new CodedTexts(scratch, limit);
    this.position = new NumberSpool(scratch, 'Int32Array');
    this.propensity = new NumberSpool(scratch, 'Float64Array');
    this.click = new NumberSpool(scratch, 'Float32Array');
    this.further = new FurtherColumns(table, roles, room);
  }

  add(row: readonly Cell[]): void {
    const [userAt, itemAt, timeAt, requestAt, positionAt, propensityAt, clickAt] = this.places;
    const asked = requestAt === -1 ? null : row[requestAt];
    this.request.add(asked === null ? null : String(asked));
    const user = this.ids.users.code(userAt === -1 || row[userAt] === null ? nobody : String(row[userAt]));
    const item = this.ids.items.code(itemAt === -1 ? unsaid : String(row[itemAt]));
    this.user.push(user);
    this.item.push(item);
    this.perUser.add(user);
    this.perItem.add(item);
    this.time.add(timeAt === -1 ? NaN : timeOf(row[timeAt]));
    this.position.add(positionAt === -1 || row[positionAt] === null ? 0 : Math.round(numberOf(row[positionAt])) | 0);
    this.propensity.add(propensityAt === -1 ? NaN : numberOf(row[propensityAt]));
    this.click.add(clickAt === -1 || row[clickAt] === null ? 0 : Math.fround(numberOf(row[clickAt])));
    this.further.add(row);
    this.rows++;
  }

  async finish(pause: Pause): Promise<{ readonly arrays: object; readonly further: FinishedTable }> {
    const further = await this.further.finish(this.rows, pause);
    const request = await this.request.finish(pause);
    return {
      arrays: {
        user: new StoredNumbers('Int32Array', this.user),
        item: new StoredNumbers('Int32Array', this.item),
        time: this.time.stored(),
        request: request.codes,
        position: this.position.stored(),
        propensity: this.propensity.stored(),
        click: this.click.stored(),
        table: further.table,
      },
      further,
    };
  }
}
