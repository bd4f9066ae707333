import type { RoleMap } from '#shared/contract/values.ts';
import { rolesOf, type Layout, type StoredTable } from '../layout.ts';
import type { Pause } from '../pauses.ts';
import { profileOf, type Profile } from '../profile.ts';
import type { Cell, TableName } from '../rows.ts';
import { usualTextLimit, type TextLimit } from './coded-texts.ts';
import type { Room } from './column-spools.ts';
import { EntityColumns } from './entity-columns.ts';
import { EventColumns, type Ids } from './event-columns.ts';
import { ExampleColumns } from './example-columns.ts';
import { ImpressionColumns } from './impression-columns.ts';
import { Scratch } from './scratch.ts';

/** A data set whose long arrays are stored, not in memory. */
export interface StoredDataset {
  /** As a `Dataset` without fingerprint and truth, stored arrays in place of arrays. */
  readonly contents: Readonly<Record<string, unknown>> & { readonly name: string; readonly roles: RoleMap };
  /** Rows that were read, by table. */
  readonly rows: Readonly<Partial<Record<TableName, number>>>;
  /** Empty cells that were read, by table and in the order of its columns. */
  readonly nulls: Readonly<Partial<Record<TableName, readonly number[]>>>;
  /** Number of items; undefined for flat tables. */
  readonly items: number | undefined;
  /** Codes of the ids of users and items. */
  readonly ids: Ids;
  /** To be asked for when the stored arrays were read once. */
  readonly profile: () => Profile;
}

/** Elements of all columns that are in memory, about. */
const mostElements = 1 << 20;

/**
 * Gathers the columns of a data set from rows that are added one by one: users and items first, impressions after events unless they name
 * nobody new. What it keeps in memory does not grow with the number of rows, but by about forty bytes for each different user and item.
 */
export class DatasetColumns {
  readonly scratch: Scratch;
  /** Whether what was fed is what a database gives back. */
  faithful = true;
  private readonly room: Room;
  private users: EntityColumns;
  private items: EntityColumns;
  private events: EventColumns | undefined;
  private impressions: ImpressionColumns | null = null;
  private examples: ExampleColumns | null = null;
  private width = 0;
  private readonly rows: Partial<Record<TableName, number>> = {};
  private readonly nulls: Partial<Record<TableName, number[]>> = {};

  constructor(scratchPath: string, texts: TextLimit = usualTextLimit()) {
    this.scratch = new Scratch(scratchPath);
    this.room = { scratch: this.scratch, texts };
    this.users = new EntityColumns(undefined, 'user', this.room);
    this.items = new EntityColumns(undefined, 'item', this.room);
  }

  /** What takes the rows of a table as they are read from a database, cells in the order of its columns. */
  adder(stored: StoredTable): (row: readonly Cell[]) => void {
    const { table, columns } = stored;
    const width = columns.length;
    this.width += width;
    this.scratch.blockElements = Math.max(256, Math.min(8192, Math.floor(mostElements / this.width)));
    const gatherer = this.gathererOf(stored);
    const nulls = (this.nulls[table] = new Array<number>(width).fill(0));
    let rows = (this.rows[table] = 0);
    return (row) => {
      this.rows[table] = ++rows;
      for (let c = 0; c < width; c++) if (row[c] === null) nulls[c]++;
      gatherer.add(row);
    };
  }

  private gathererOf(stored: StoredTable): { add(row: readonly Cell[]): void } {
    const { room } = this;
    switch (stored.table) {
      case 'users':
        return (this.users = new EntityColumns(stored, 'user', room));
      case 'items':
        return (this.items = new EntityColumns(stored, 'item', room));
      case 'events':
        return (this.events = new EventColumns(stored, this.ids, room));
      case 'impressions':
        return (this.impressions = new ImpressionColumns(stored, this.ids, room));
      case 'examples':
        return (this.examples = new ExampleColumns(stored, room));
    }
  }

  private get ids(): Ids {
    return { users: this.users.ids, items: this.items.ids };
  }

  /**
   * What takes the rows of a table while they are written to a database. It may change cells to what the database will make of them; where
   * that cannot be told, nothing of this is `faithful` any more.
   */
  feeder(stored: StoredTable): (row: Cell[]) => void {
    const add = this.adder(stored);
    const numeric = stored.columns.map(({ kind }) => kind === 'number');
    return (row) => {
      if (!this.faithful) return;
      for (let c = 0; c < numeric.length; c++) {
        const cell = row[c];
        // A text among numbers may become a number, a surrogate on its own is replaced, -0 becomes 0.
        if (typeof cell === 'string') this.faithful = !numeric[c] && cell.isWellFormed() && this.faithful;
        else if (cell === 0) row[c] = 0;
      }
      add(row);
    };
  }

  /** What was gathered as a data set of a layout. To be called once. */
  async finish(layout: Layout, name: string, pause: Pause): Promise<StoredDataset> {
    const { users, items, impressions, examples } = this;
    const events = this.events ?? new EventColumns(undefined, this.ids, this.room);
    const { shape } = layout;
    const roles = rolesOf(layout);
    const finished = {
      users: await users.finish(pause),
      items: await items.finish(pause),
      events: await events.finish(pause),
      impressions: (await impressions?.finish(pause)) ?? null,
      examples: (await examples?.finish(pause)) ?? null,
    };
    const repeats = await events.countRepeats(pause);
    return {
      contents: {
        type: 'dataset',
        shape,
        name,
        users: { ids: users.ids.stored(), table: finished.users.table },
        items: { ids: items.ids.stored(), table: finished.items.table },
        events: finished.events.arrays,
        impressions: finished.impressions?.arrays ?? null,
        examples: finished.examples?.arrays ?? null,
        roles,
      },
      rows: this.rows,
      nulls: this.nulls,
      items: shape === 'events' ? items.ids.size : undefined,
      ids: this.ids,
      profile: () =>
        profileOf({
          shape,
          roles,
          repeats,
          users: { ids: users.ids, ...finished.users },
          items: { ids: items.ids, ...finished.items },
          events: { columns: events, further: finished.events.further },
          impressions:
            impressions === null || finished.impressions === null
              ? null
              : { columns: impressions, further: finished.impressions.further },
          examples:
            examples === null || finished.examples === null ? null : { columns: examples, ...finished.examples },
        }),
    };
  }

  /** Lets go of what was gathered. */
  close(): void {
    this.scratch.close();
  }
}
