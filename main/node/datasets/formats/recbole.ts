import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { badInput, isFolder } from '../failures.ts';
import type { ColumnKind, Source, SourceColumn, TableName, TableSource } from '../rows.ts';
import type { Role } from '#shared/contract/roles.ts';
import { delimitedTable, openDelimited } from './delimited.ts';

const kinds: Readonly<Record<string, ColumnKind>> = {
  token: 'category',
  float: 'number',
  token_seq: 'tags',
  float_seq: 'text',
};

const rolesByName: Readonly<Record<TableName, Readonly<Record<string, Role>>>> = {
  users: { user_id: 'user' },
  items: {
    item_id: 'item',
    movie_title: 'item.title',
    title: 'item.title',
    item_name: 'item.title',
    class: 'item.category',
    genre: 'item.category',
    categories: 'item.category',
    price: 'item.price',
  },
  events: { user_id: 'user', item_id: 'item', timestamp: 'time', rating: 'value', label: 'label' },
  impressions: {},
  examples: {},
};

/** Files of a RecBole data set: `X.inter`, and `X.item`, `X.user` where they are. Headers are `name:type`. */
export async function openRecbole(path: string): Promise<Source> {
  const folder = isFolder(path) ? path : dirname(path);
  const prefix = isFolder(path) ? soleInteractions(folder) : basename(path).replace(/\.(inter|item|user)$/, '');
  const inter = join(folder, `${prefix}.inter`);
  if (!existsSync(inter)) throw badInput(`has no ${prefix}.inter`, path, 'name the folder that holds the .inter file');
  const tables: TableSource[] = [await openAtomic(inter, 'events')];
  for (const [ending, table] of [
    ['user', 'users'],
    ['item', 'items'],
  ] as const) {
    const beside = join(folder, `${prefix}.${ending}`);
    if (existsSync(beside)) tables.push(await openAtomic(beside, table));
  }
  return { format: 'recbole', tables, notes: [] };
}

/** Whether a folder holds RecBole files. */
export function looksLikeRecbole(path: string): boolean {
  return isFolder(path) ? readdirSync(path).some((name) => name.endsWith('.inter')) : path.endsWith('.inter');
}

function soleInteractions(folder: string): string {
  const found = readdirSync(folder)
    .filter((name) => name.endsWith('.inter'))
    .sort();
  if (found.length === 0)
    throw badInput('has no .inter file', folder, 'name the folder of one RecBole data set, or another --format');
  if (found.length > 1) throw badInput(`has several .inter files: ${found.join(', ')}`, folder, 'name one of them');
  return found[0].slice(0, -'.inter'.length);
}

async function openAtomic(path: string, table: TableName): Promise<TableSource> {
  const { plan } = await openDelimited(path, { header: true, delimiter: '\t' }, { quotes: false });
  const columns = plan.fields.map((field): SourceColumn => {
    const colon = field.lastIndexOf(':');
    const type = field.slice(colon + 1);
    if (colon < 1 || !Object.hasOwn(kinds, type)) {
      throw badInput(
        `the header says "${field}", not name:type with type token, token_seq, float or float_seq`,
        `${path}, line 1`,
      );
    }
    const name = field.slice(0, colon);
    const role = Object.hasOwn(rolesByName[table], name) ? rolesByName[table][name] : undefined;
    if (role === 'user' || role === 'item') return { name, kind: 'id', role };
    if (role === 'time') return { name, kind: 'time', role };
    if (role === 'item.title') return { name, kind: 'text', role };
    return type === 'token_seq' ? { name, kind: 'tags', separator: ' ', role } : { name, kind: kinds[type], role };
  });
  return delimitedTable(plan, table, columns);
}
