import { partOfWord } from '#shared/values/part-word.ts';
import type { StoredTable } from '../layout.ts';
import type { Pause } from '../pauses.ts';
import { numberOf, timeOf } from '../read-cells.ts';
import type { Cell } from '../rows.ts';
import { CodedTexts } from './coded-texts.ts';
import { NumberSpool, type Room } from './column-spools.ts';
import { Spool } from './spool.ts';
import { StoredNumbers } from './stored-arrays.ts';
import { FurtherColumns, placeOf, type FinishedTable } from './table-columns.ts';

const roles = ['label', 'group', 'time', 'part'];

interface FinishedExamples {
  readonly arrays: object;
  readonly further: FinishedTable;
  /** Number of groups; null where there are none. */
  readonly groups: number | null;
}

/** Gathers labelled rows. */
export class ExampleColumns {
  rows = 0;
  positives = 0;
  readonly label: NumberSpool;
  /** null where the rows have no time. */
  readonly time: NumberSpool | null;
  private readonly group: CodedTexts | null;
  private readonly part: Spool | null;
  private readonly further: FurtherColumns;
  private readonly places: readonly number[];

  constructor(table: StoredTable, room: Room) {
    const { scratch, texts: limit } = room;
    this.places = roles.map((role) => placeOf(table, role));
    const [, groupAt, timeAt, partAt] = this.places;
    this.label = new NumberSpool(scratch, 'Float32Array');
    this.group = groupAt === -1 ? null : new CodedTexts(scratch, limit);
    this.time = timeAt === -1 ? null : new NumberSpool(scratch, 'Float64Array');
    this.part = partAt === -1 ? null : new Spool(scratch, 'Uint8Array');
    this.further = new FurtherColumns(table, roles, room);
  }

  add(row: readonly Cell[]): void {
    const [labelAt, groupAt, timeAt, partAt] = this.places;
    const label = Math.fround(numberOf(row[labelAt]));
    if (label > 0) this.positives++;
    this.label.add(label);
    this.group?.add(row[groupAt] === null ? null : String(row[groupAt]));
    this.time?.add(timeOf(row[timeAt]));
    this.part?.push(Math.max(0, partOfWord(String(row[partAt] ?? ''))));
    this.further.add(row);
    this.rows++;
  }

  async finish(pause: Pause): Promise<FinishedExamples> {
    const further = await this.further.finish(this.rows, pause);
    const group = this.group === null ? null : await this.group.finish(pause);
    return {
      arrays: {
        label: this.label.stored(),
        group: group?.codes ?? null,
        time: this.time?.stored() ?? null,
        part: this.part === null ? null : new StoredNumbers('Uint8Array', this.part),
        table: further.table,
      },
      further,
      groups: group === null ? null : group.distinct + (group.missing > 0 ? 1 : 0),
    };
  }
}
