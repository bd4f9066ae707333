import { basename, dirname, relative, resolve, sep } from 'node:path';
import { RunboardError } from '#shared/contract/failure.ts';
import { checkFile } from './check/check-file.ts';
import { completeDraft } from './complete.ts';
import { badInput, explain, throwIfCancelled } from './failures.ts';
import type { ImportOptions, ImportResult } from './import.ts';
import type { ImportReport, Layout, StoredColumn, StoredTable } from './layout.ts';
import { kindOfRole, requireRoles, type RoleRequest } from './roles.ts';
import { tableNames, type ColumnKind, type TableName } from './rows.ts';
import { DatasetDraft, openReadOnly, quoteName, requireSqlite, stateKey, type Sqlite } from './store.ts';
import type { Survey } from './survey.ts';
import { isRole } from '#shared/contract/roles.ts';

/** A table of somebody else's file. */
export interface ForeignTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind; readonly key: boolean }[];
}

/**
 * Attaches a SQLite file: writes a small data set that says which of its tables and columns mean what, and reads through
 * it from then on. The file itself is opened read-only and never altered.
 */
export async function attachSqlite(options: ImportOptions): Promise<ImportResult> {
  const path = resolve(options.path);
  requireSqlite(path);
  const key = stateKey(path);
  const db = openReadOnly(path);
  let draft: DatasetDraft | undefined;
  try {
    options.onProgress?.({ share: 0, note: 'checking the file', rows: 0 });
    if ((await checkFile(path, options.signal)) !== 'ok')
      throw badInput('is damaged (quick_check fails)', path, 'restore it from a copy');
    throwIfCancelled(options.signal);
    const tables = attachedTables(db, options.map ?? {}, path);
    const attached = attachedPath(path, resolve(options.out));
    const layout: Layout = {
      shape: tables.some(({ table }) => table === 'examples') ? 'examples' : 'events',
      tables,
      attached,
    };
    if (path === resolve(options.out))
      throw badInput('cannot be attached to itself', options.out, 'choose another --out');
    draft = new DatasetDraft(options.out, options.maximumPages);
    const completed = await completeDraft(
      draft,
      {
        layout,
        name: basename(path),
        report: (survey) => attachReport(path, tables, survey),
        attached: { tables: db, key },
      },
      {
        signal: options.signal,
        onShare: (share) => options.onProgress?.({ share: 0.99 * share, note: 'reading', rows: 0 }),
      },
    );
    const { report, fingerprint, profile } = completed;
    options.onProgress?.({ share: 1, note: 'done', rows: report.tables.reduce((sum, { rows }) => sum + rows, 0) });
    return { out: options.out, report, fingerprint, profile };
  } catch (thrown) {
    draft?.abandon();
    throw explain(thrown, path);
  } finally {
    db.close();
  }
}

function attachReport(path: string, tables: readonly StoredTable[], { description, nulls }: Survey): ImportReport {
  return {
    format: 'sqlite',
    source: basename(path),
    tables: tables.map(({ table, stored, columns }) => ({
      table,
      source: stored,
      rows: description.rows[table] ?? 0,
      rejected: 0,
      columns: columns.map(({ name, kind, role }, c) => ({
        name,
        kind,
        role,
        nulls: nulls[table]?.[c] ?? 0,
        irregular: 0,
      })),
    })),
    rejected: 0,
    rejectFile: null,
    firstRejects: [],
    notes: ['attached: rows stay in the file, which is read and never written'],
  };
}

/** Relative where the file lies in the data set's folder or below, so that both can be moved together. */
function attachedPath(path: string, out: string): string {
  const way = relative(dirname(out), path);
  return way.startsWith('..') || resolve(way) === way ? path : way.split(sep).join('/');
}

/** The tables that the mapped columns lie in, with a role for each mapped column. */
function attachedTables(db: Sqlite, request: RoleRequest, path: string): StoredTable[] {
  const foreign = foreignTables(db);
  if (foreign.length === 0) throw badInput('has no tables', path);
  if (Object.keys(request).length === 0)
    throw new RunboardError('bad-usage', 'which columns are meant is not said', {
      where: path,
      remedy: `add --map role=table.column …; ${describe(foreign)}`,
    });
  const placed = new Map<string, Map<string, string>>();
  for (const [role, wanted] of Object.entries(request)) {
    if (!isRole(role))
      throw new RunboardError('bad-usage', `there is no role ${role}`, { where: `--map ${role}=${wanted}` });
    const { table, column } = locate(foreign, role, wanted, request);
    const roles = placed.get(table) ?? new Map<string, string>();
    roles.set(role, column);
    placed.set(table, roles);
  }
  const main = mainTable(placed, request);
  const found: StoredTable[] = [];
  for (const [name, roles] of placed) {
    const table = foreign.find((one) => one.name === name) as ForeignTable;
    const kind = name === main ? mainKind(roles) : sideKind(roles, name);
    if (kind === 'users' || kind === 'items') addKey(roles, kind === 'users' ? 'user' : 'item', table, request);
    if (kind === 'impressions') addSharedNames(roles, table, request);
    requireRoles({ table: kind, path: `${path}, table ${name}`, columns: table.columns }, roles);
    found.push({ table: kind, stored: name, columns: storedColumns(table, roles) });
  }
  return found.sort((a, b) => tableNames.indexOf(a.table) - tableNames.indexOf(b.table));
}

/** The tables of a SQLite file by name, without its own and virtual ones. */
export function foreignTables(db: Sqlite): ForeignTable[] {
  const names = db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
    )
    .pluck()
    .all() as string[];
  return names.map((name) => ({
    name,
    columns: (db.pragma(`table_info(${quoteName(name)})`) as { name: string; type: string; pk: number }[]).map(
      (column) => ({
        name: column.name,
        kind: /INT|REAL|FLOA|DOUB|NUM|DEC|BOOL/i.test(column.type) ? 'number' : 'text',
        key: column.pk > 0,
      }),
    ),
  }));
}

function describe(foreign: readonly ForeignTable[]): string {
  return `tables are ${foreign
    .map(
      ({ name, columns }) =>
        `${name} (${columns
          .slice(0, 12)
          .map((column) => column.name)
          .join(', ')})`,
    )
    .join('; ')}`;
}

/** The table and column that a role is mapped to; a bare column must be in one table only, or in the one that holds the events. */
function locate(
  foreign: readonly ForeignTable[],
  role: string,
  wanted: string,
  request: RoleRequest,
): { table: string; column: string } {
  const matches: { table: string; column: string }[] = [];
  for (const { name, columns } of foreign) {
    for (const column of columns) {
      if (wanted === `${name}.${column.name}`) return { table: name, column: column.name };
      if (wanted === column.name) matches.push({ table: name, column: column.name });
    }
  }
  if (matches.length === 1) return matches[0];
  const where = `--map ${role}=${wanted}`;
  if (matches.length === 0)
    throw new RunboardError('bad-usage', `there is no column ${wanted}`, { where, remedy: describe(foreign) });
  const { user, item } = request;
  const both = foreign.find(({ columns }) =>
    [user, item].every((name) => columns.some((column) => column.name === name)),
  );
  const match = matches.find(({ table }) => table === both?.name);
  if (match !== undefined) return match;
  throw new RunboardError(
    'bad-usage',
    `several tables have a column ${wanted}: ${matches.map(({ table }) => table).join(', ')}`,
    { where, remedy: `write --map ${role}=<table>.${wanted}` },
  );
}

/** The table of events, impressions or examples. */
function mainTable(placed: ReadonlyMap<string, ReadonlyMap<string, string>>, request: RoleRequest): string {
  const holder = (role: string): string | undefined => [...placed].find(([, roles]) => roles.has(role))?.[0];
  if (Object.hasOwn(request, 'label')) return holder('label') ?? '';
  const table = holder('item') ?? '';
  if (table === '')
    throw new RunboardError('bad-usage', 'neither item nor label is mapped', {
      where: '--map',
      remedy: 'add --map user=table.column --map item=table.column',
    });
  return table;
}

function mainKind(roles: ReadonlyMap<string, string>): TableName {
  if (roles.has('label')) return 'examples';
  return [...roles.keys()].some((role) => role.startsWith('impression.')) ? 'impressions' : 'events';
}

function sideKind(roles: ReadonlyMap<string, string>, table: string): TableName {
  if ([...roles.keys()].every((role) => role.startsWith('item.'))) return 'items';
  if ([...roles.keys()].some((role) => role.startsWith('impression.'))) return 'impressions';
  throw new RunboardError(
    'bad-usage',
    `table ${table} is mapped to ${[...roles.keys()].join(', ')}, which belong to different tables`,
    { where: '--map', remedy: 'take user, item, time and value from one table' },
  );
}

/** The id column of a table of users or items: named as in the events, else the primary key. */
function addKey(roles: Map<string, string>, role: 'user' | 'item', table: ForeignTable, request: RoleRequest): void {
  const wanted = request[role]?.split('.').at(-1);
  const key =
    table.columns.find(({ name }) => name === wanted) ??
    table.columns.find(({ key: primary }) => primary) ??
    table.columns.find(({ name }) => name.toLowerCase() === 'id');
  if (key !== undefined) roles.set(role, key.name);
}

/** Impressions beside events: what is not mapped for them is the column that is named as in the events. */
function addSharedNames(roles: Map<string, string>, table: ForeignTable, request: RoleRequest): void {
  for (const role of ['user', 'item', 'time']) {
    if (roles.has(role) || !Object.hasOwn(request, role)) continue;
    const wanted = request[role];
    const taken = [...roles.values()];
    const column = table.columns.find(({ name }) => name === wanted || wanted.endsWith(`.${name}`));
    if (column !== undefined && !taken.includes(column.name)) roles.set(role, column.name);
  }
}

function storedColumns(table: ForeignTable, roles: ReadonlyMap<string, string>): StoredColumn[] {
  const roleOf = new Map([...roles].map(([role, column]) => [column, role]));
  return table.columns.map(({ name, kind }) => {
    const role = roleOf.get(name);
    if (role === 'item.category') return { name, kind: 'tags', separator: '|', role };
    return { name, kind: (role === undefined ? undefined : kindOfRole[role]) ?? kind, role };
  });
}
