import type { CancelSignal } from '#shared/contract/methods.ts';
import type { Column, Dataset, Entities, Events, Impressions, LabelledRows, RoleMap } from '#shared/contract/values.ts';
import { partOfWord } from '#shared/values/part-word.ts';
import { CodeList, columnBuilder, Dictionary, numberOf, timeOf, type ColumnBuilder } from './column-builder.ts';
import { columnOf, tableOf, type Layout, type StoredColumn, type StoredTable } from './layout.ts';
import { countRows, eachRow } from './read-rows.ts';
import type { Cell, TableName } from './rows.ts';
import { sharedFloat32, sharedFloat64, sharedInt32, sharedUint8 } from './shared-arrays.ts';
import type { Sqlite } from './store.ts';

/** The id given to whoever acted where the data set does not say. */
const nobody = 'anonymous';

/** A data set without its fingerprint, read row by row from its tables. */
export async function readRowsOfDataset(
  db: Sqlite,
  layout: Layout,
  name: string,
  signal?: CancelSignal,
): Promise<Omit<Dataset, 'fingerprint'>> {
  const reader = new DatasetReader(db, layout, signal);
  const users = await reader.entities('users', 'user');
  const items = await reader.entities('items', 'item');
  const events = await reader.events(users.dictionary, items.dictionary);
  const impressions = await reader.impressions(users.dictionary, items.dictionary);
  const examples = await reader.examples();
  const { shape } = layout;
  return {
    type: 'dataset',
    shape,
    name,
    users: users.finish(),
    items: items.finish(),
    events,
    impressions,
    examples,
    roles: rolesOf(layout),
  };
}

/** Role to column, over all tables. */
function rolesOf(layout: Layout): RoleMap {
  const roles: Record<string, string> = {};
  for (const table of layout.tables) {
    for (const { role, name } of table.columns)
      if (role !== undefined && !Object.hasOwn(roles, role)) roles[role] = name;
  }
  return roles;
}

interface OpenEntities {
  readonly dictionary: Dictionary;
  finish(): Entities;
}

/** A column of the table, its place in the row, and what gathers it. */
interface Further {
  readonly column: StoredColumn;
  readonly at: number;
  readonly builder: ColumnBuilder;
}

class DatasetReader {
  private readonly db: Sqlite;
  private readonly layout: Layout;
  private readonly signal: CancelSignal | undefined;

  constructor(db: Sqlite, layout: Layout, signal: CancelSignal | undefined) {
    this.db = db;
    this.layout = layout;
    this.signal = signal;
  }

  private each(table: StoredTable, add: (row: readonly Cell[]) => void): Promise<void> {
    // Our own tables hold ids as text already.
    const ids = this.layout.attached === undefined ? [] : table.columns.filter(({ kind }) => kind === 'id');
    const reach = {
      table: table.stored,
      columns: table.columns.map(({ name }) => name),
      asText: new Set(ids.map(({ name }) => name)),
    };
    return eachRow(this.db, reach, add, this.signal);
  }

  async entities(tableName: TableName, role: string): Promise<OpenEntities> {
    const table = tableOf(this.layout, tableName);
    const dictionary = new Dictionary();
    const further = table === undefined ? [] : furtherColumns(table, [role], countRows(this.db, table.stored), true);
    if (table !== undefined) {
      const key = place(table, role);
      await this.each(table, (row) => {
        const id = row[key];
        const before = dictionary.names.length;
        if (id === null || dictionary.code(String(id)) < before) return; // an attached file may repeat an id: the first row counts
        for (const { at, builder } of further) builder.add(row[at]);
      });
    }
    return {
      dictionary,
      finish: () => ({
        ids: dictionary.names,
        table: { rows: dictionary.names.length, columns: finishColumns(further, dictionary.names.length) },
      }),
    };
  }

  async events(users: Dictionary, items: Dictionary): Promise<Events> {
    const table = tableOf(this.layout, 'events');
    const rows = table === undefined ? 0 : countRows(this.db, table.stored);
    const user = sharedInt32(rows);
    const item = sharedInt32(rows);
    const time = sharedFloat64(rows);
    const value = sharedFloat32(rows);
    if (table === undefined) return { user, item, time, value, table: { rows, columns: {} } };
    const further = furtherColumns(table, ['user', 'item', 'time', 'value'], rows, false);
    const places = ['user', 'item', 'time', 'value'].map((role) => place(table, role));
    let r = 0;
    await this.each(table, (row) => {
      const actor = row[places[0]];
      const object = row[places[1]];
      if (actor === null || object === null) return;
      user[r] = users.code(String(actor));
      item[r] = items.code(String(object));
      time[r] = places[2] === -1 ? NaN : timeOf(row[places[2]]);
      value[r] = places[3] === -1 ? 1 : numberOf(row[places[3]]);
      for (const { at, builder } of further) builder.add(row[at]);
      r++;
    });
    // Only an attached file can hold rows without user or item: they are left out.
    const cut = <A extends Int32Array | Float64Array | Float32Array>(array: A): A =>
      r === rows ? array : (array.slice(0, r) as A);
    return {
      user: cut(user),
      item: cut(item),
      time: cut(time),
      value: cut(value),
      table: { rows: r, columns: finishColumns(further, r) },
    };
  }

  async impressions(users: Dictionary, items: Dictionary): Promise<Impressions | null> {
    const table = tableOf(this.layout, 'impressions');
    if (table === undefined) return null;
    const rows = countRows(this.db, table.stored);
    const roles = [
      'user',
      'item',
      'time',
      'impression.request',
      'impression.position',
      'impression.propensity',
      'impression.click',
    ];
    const [userAt, itemAt, timeAt, requestAt, positionAt, propensityAt, clickAt] = roles.map((role) =>
      place(table, role),
    );
    const further = furtherColumns(table, roles, rows, false);
    const requests = new Dictionary();
    const user = sharedInt32(rows);
    const item = sharedInt32(rows);
    const time = sharedFloat64(rows);
    const request = sharedInt32(rows);
    const position = sharedInt32(rows);
    const propensity = sharedFloat64(rows);
    const click = sharedFloat32(rows);
    let lastRequest: Cell = null;
    let r = 0;
    await this.each(table, (row) => {
      const asked = requestAt === -1 ? null : row[requestAt];
      // Rows of a request follow each other: looking it up once per request is enough.
      request[r] = asked === null ? -1 : asked === lastRequest && r > 0 ? request[r - 1] : requests.code(String(asked));
      lastRequest = asked;
      user[r] = users.code(userAt === -1 || row[userAt] === null ? nobody : String(row[userAt]));
      item[r] = items.code(String(row[itemAt]));
      time[r] = timeAt === -1 ? NaN : timeOf(row[timeAt]);
      position[r] = positionAt === -1 || row[positionAt] === null ? 0 : Math.round(numberOf(row[positionAt]));
      propensity[r] = propensityAt === -1 ? NaN : numberOf(row[propensityAt]);
      click[r] = clickAt === -1 || row[clickAt] === null ? 0 : numberOf(row[clickAt]);
      for (const { at, builder } of further) builder.add(row[at]);
      r++;
    });
    return {
      user,
      item,
      time,
      request,
      position,
      propensity,
      click,
      table: { rows, columns: finishColumns(further, rows) },
    };
  }

  async examples(): Promise<LabelledRows | null> {
    const table = tableOf(this.layout, 'examples');
    if (table === undefined) return null;
    const rows = countRows(this.db, table.stored);
    const roles = ['label', 'group', 'time', 'part'];
    const [labelAt, groupAt, timeAt, partAt] = roles.map((role) => place(table, role));
    const further = furtherColumns(table, roles, rows, false);
    const groups = new Dictionary();
    const label = sharedFloat32(rows);
    const group = new CodeList(groupAt === -1 ? 0 : rows);
    const time = sharedFloat64(timeAt === -1 ? 0 : rows);
    const part = sharedUint8(partAt === -1 ? 0 : rows);
    let r = 0;
    await this.each(table, (row) => {
      label[r] = numberOf(row[labelAt]);
      if (groupAt !== -1) group.push(row[groupAt] === null ? -1 : groups.code(String(row[groupAt])));
      if (timeAt !== -1) time[r] = timeOf(row[timeAt]);
      if (partAt !== -1) part[r] = Math.max(0, partOfWord(String(row[partAt] ?? '')));
      for (const { at, builder } of further) builder.add(row[at]);
      r++;
    });
    return {
      label,
      group: groupAt === -1 ? null : group.padded(rows, -1),
      time: timeAt === -1 ? null : time,
      part: partAt === -1 ? null : part,
      table: { rows, columns: finishColumns(further, rows) },
    };
  }
}

function place(table: StoredTable, role: string): number {
  const column = columnOf(table, role);
  return column === undefined ? -1 : table.columns.indexOf(column);
}

function furtherColumns(
  table: StoredTable,
  leaveOut: readonly string[],
  capacity: number,
  entities: boolean,
): Further[] {
  const further: Further[] = [];
  table.columns.forEach((column, at) => {
    if (column.role !== undefined && leaveOut.includes(column.role)) return;
    further.push({ column, at, builder: columnBuilder(column, capacity, entities) });
  });
  return further;
}

function finishColumns(further: readonly Further[], rows: number): Record<string, Column> {
  const columns: Record<string, Column> = Object.create(null) as Record<string, Column>;
  for (const { column, builder } of further) columns[column.name] = builder.finish(rows);
  return { ...columns };
}
