import { RunboardError } from '#shared/contract/failure.ts';
import { isRole, roles, type Role } from '#shared/contract/roles.ts';
import type { ColumnKind, SourceColumn, TableName } from './rows.ts';

/** What `--map` says: role to column, or to table.column. */
export type RoleRequest = Readonly<Record<string, string>>;

/** A column whose part is to be found. */
export interface Candidate {
  readonly name: string;
  readonly kind?: ColumnKind;
  readonly role?: string;
  readonly separator?: string;
}

export interface CandidateTable {
  readonly table: TableName;
  readonly path: string;
  readonly columns: readonly Candidate[];
}

const rolesOfTable: Readonly<Record<TableName, readonly Role[]>> = {
  users: ['user'],
  items: ['item', 'item.title', 'item.category', 'item.text', 'item.created', 'item.price'],
  events: ['user', 'item', 'time', 'value', 'event.type', 'event.price', 'part'],
  impressions: [
    'user',
    'item',
    'time',
    'impression.request',
    'impression.position',
    'impression.propensity',
    'impression.click',
    'impression.variant',
  ],
  examples: ['label', 'group', 'time', 'part', 'user', 'item'],
};

/** What a column must hold to play a role. */
export const kindOfRole: Readonly<Record<Exclude<Role, 'item.category'>, ColumnKind>> & Readonly<Partial<Record<string, ColumnKind>>> = {
  user: 'id', item: 'id', group: 'id', 'impression.request': 'id',
  time: 'time', 'item.created': 'time',
  value: 'number', label: 'number', 'event.price': 'number', 'item.price': 'number',
  'impression.position': 'number', 'impression.propensity': 'number', 'impression.click': 'number',
  'item.title': 'text', 'item.text': 'text', 'event.type': 'category', part: 'category', 'impression.variant': 'category',
}; // prettier-ignore

/** A column in a role, of the kind that the role asks for. */
export function columnInRole(
  name: string,
  role: Exclude<Role, 'item.category'>,
): Required<Pick<SourceColumn, 'name' | 'kind' | 'role'>> {
  return { name, kind: kindOfRole[role], role };
}

/** Names that usually mean a role, once case and punctuation are taken off. */
const usualNames: Readonly<Partial<Record<Role, readonly string[]>>> = {
  user: ['userid', 'user', 'uid', 'customerid', 'visitorid', 'memberid', 'accountid', 'reviewerid', 'id'],
  item: [
    'itemid',
    'item',
    'iid',
    'movieid',
    'productid',
    'videoid',
    'asin',
    'articleid',
    'bookid',
    'artistid',
    'trackid',
    'sku',
    'id',
  ],
  time: ['timestamp', 'time', 'datetime', 'eventtime', 'date', 'ts', 'unixreviewtime'],
  value: ['rating', 'value', 'score', 'stars', 'overall', 'weight', 'count', 'plays'],
  'event.type': ['eventtype', 'type', 'event', 'action', 'behavior'],
  'event.price': ['eventprice', 'pricepaid', 'revenue', 'amount'],
  'item.title': ['title', 'itemtitle', 'movietitle', 'name', 'itemname'],
  'item.category': ['category', 'categories', 'genre', 'genres', 'tags', 'class'],
  'item.text': ['text', 'description', 'overview', 'summary', 'body'],
  'item.created': ['created', 'createdat', 'published', 'publishedat', 'releasedate'],
  'item.price': ['price', 'itemprice'],
  'impression.request': ['requestid', 'request', 'impressionid'],
  'impression.position': ['position', 'rank', 'slot'],
  'impression.propensity': ['propensity', 'propensityscore', 'pscore'],
  'impression.click': ['click', 'clicked', 'isclick'],
  'impression.variant': ['variant', 'experimentvariant', 'experimentgroup', 'abgroup', 'treatment', 'arm'],
  label: ['label', 'target', 'y'],
  group: ['group', 'query', 'queryid', 'qid'],
  part: ['part'],
};

/** Refuses roles that do not exist and columns that no table has. */
export function checkRequest(request: RoleRequest, tables: readonly CandidateTable[], where: string): void {
  for (const [role, column] of Object.entries(request)) {
    if (!isRole(role)) {
      throw new RunboardError('bad-usage', `there is no role ${role}`, {
        where: `--map ${role}=${column}`,
        remedy: `roles are ${Object.keys(roles).join(', ')}`,
      });
    }
    if (tables.some((table) => find(table, column) !== undefined)) continue;
    const has = tables
      .map(
        (table) =>
          `${table.table}: ${table.columns
            .slice(0, 20)
            .map(({ name }) => name)
            .join(', ')}`,
      )
      .join('; ');
    throw new RunboardError('bad-usage', `there is no column ${column} for role ${role}`, {
      where,
      remedy: `columns are ${has}`,
    });
  }
}

function find(table: CandidateTable, column: string): Candidate | undefined {
  return (
    table.columns.find(({ name }) => name === column) ??
    table.columns.find(({ name }) => `${table.table}.${name}` === column)
  );
}

/** What a single table of rows without a name is: by the roles asked for, then by the names of its columns. */
export function tableKind(columns: readonly Candidate[], request: RoleRequest): TableName {
  const has = (role: Role): boolean => Object.hasOwn(request, role) || guess(columns, role, new Set()) !== undefined;
  const given = columns.map(({ role }) => role);
  if (Object.hasOwn(request, 'label') || given.includes('label')) return 'examples';
  if (Object.keys(request).some((role) => role.startsWith('impression.'))) return 'impressions';
  if (has('impression.click') && has('impression.position')) return 'impressions';
  // Users, variants and outcomes: the log of an experiment. With items it may as well be the variant of a product.
  if (has('impression.variant') && has('user') && !has('item')) return 'impressions';
  if (has('user') && has('item')) return 'events';
  return has('label') ? 'examples' : 'events';
}

/** Role to column; and the roles that only a column's name suggested. */
export interface AssignedRoles {
  readonly roles: Map<string, string>;
  readonly guessed: Set<string>;
}

/** Gives each column of a table its role: what `--map` says, then what the format says, then what its name suggests. */
export function assignRoles(table: CandidateTable, request: RoleRequest): AssignedRoles {
  const found = new Map<string, string>();
  const guessed = new Set<string>();
  const taken = new Set<string>();
  for (const role of rolesOfTable[table.table]) {
    const asked = Object.hasOwn(request, role) ? find(table, request[role])?.name : undefined;
    const column = asked ?? table.columns.find((one) => one.role === role && !taken.has(one.name))?.name;
    if (column === undefined) continue;
    if (taken.has(column))
      throw new RunboardError('bad-usage', `column ${column} cannot play two parts`, {
        where: `--map ${role}=${column}`,
        remedy: 'map each role to a column of its own',
      });
    taken.add(column);
    found.set(role, column);
  }
  if (table.columns.some(({ role }) => role !== undefined)) return { roles: found, guessed };
  const mapped = new Set(Object.values(request));
  const free = table.columns.filter(({ name }) => !mapped.has(name) && !mapped.has(`${table.table}.${name}`));
  for (const role of rolesOfTable[table.table]) {
    const optionalId = table.table === 'examples' && (role === 'user' || role === 'item');
    if (found.has(role) || optionalId) continue;
    const column = guess(free, role, taken, table.table);
    if (column === undefined) continue;
    guessed.add(role);
    taken.add(column);
    found.set(role, column);
  }
  return { roles: found, guessed };
}

function guess(
  columns: readonly Candidate[],
  role: Role,
  taken: ReadonlySet<string>,
  table?: TableName,
): string | undefined {
  for (const usual of usualNames[role] ?? []) {
    if (usual === 'id' && !(table === 'users' || table === 'items')) continue;
    const column = columns.find(
      ({ name }) => !taken.has(name) && name.toLowerCase().replace(/[^a-z0-9]/g, '') === usual,
    );
    if (column !== undefined) return column.name;
  }
  return undefined;
}

/** Refuses a table that lacks a role it cannot do without. */
export function requireRoles(table: CandidateTable, found: ReadonlyMap<string, string>): void {
  const needed: Readonly<Record<TableName, readonly string[]>> = {
    users: ['user'],
    items: ['item'],
    events: ['user', 'item'],
    // The log of an experiment may leave out what was shown: users, variants and outcomes are enough.
    impressions: [found.has('impression.variant') ? 'user' : 'item'],
    examples: ['label'],
  };
  for (const role of needed[table.table]) {
    if (found.has(role)) continue;
    const columns = table.columns
      .slice(0, 20)
      .map(({ name }) => name)
      .join(', ');
    throw new RunboardError('bad-input', `no column plays the part of ${role} (columns: ${columns})`, {
      where: table.path,
      remedy: `add --map ${role}=<column>`,
    });
  }
}
