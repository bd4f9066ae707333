import { importFormats, type ImportFormat } from '#shared/contract/datasets.ts';
import type { CancelSignal } from '#shared/contract/methods.ts';
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { badInput, isFolder, requirePath } from '../failures.ts';
import type { Source, TableName, TableSource, TextOptions } from '../rows.ts';
import { delimitedTable, openDelimited } from './delimited.ts';
import { openJsonLines } from './jsonl.ts';
import { openLibsvm, type LibsvmFile } from './libsvm.ts';
import { openMl100k, openMovielens } from './movielens.ts';
import { openParquet } from './parquet.ts';
import { joinFiles, policyFiles, type Opener } from './joined-files.ts';
import { looksLikeRecbole, openRecbole } from './recbole.ts';

/** Whether a word is a format. */
export function isFormat(word: string): word is ImportFormat {
  return (importFormats as readonly string[]).includes(word);
}

const partNames: Readonly<Record<string, string>> = {
  train: 'train', valid: 'validation', val: 'validation', validation: 'validation', dev: 'validation', test: 'test',
}; // prettier-ignore

const tablesByName: Readonly<Record<string, TableName>> = {
  users: 'users', user: 'users', customers: 'users',
  items: 'items', item: 'items', movies: 'items', products: 'items', articles: 'items', videos: 'items', item_context: 'items',
  events: 'events', interactions: 'events', ratings: 'events', transactions: 'events', clicks: 'events', views: 'events',
  impressions: 'impressions', exposures: 'impressions',
  examples: 'examples',
}; // prettier-ignore

/** Opens a source of any format but SQLite. Tables of one CSV, JSON lines or Parquet file stand as events until roles say otherwise. */
export async function openSource(
  path: string,
  format: Exclude<ImportFormat, 'sqlite'>,
  options: TextOptions,
  signal?: CancelSignal,
): Promise<Source> {
  requirePath(path);
  switch (format) {
    case 'ml-100k':
      if (looksLikeRecbole(path)) {
        const source = await openRecbole(path);
        return { ...source, notes: ['there is no u.data, but RecBole files: read as recbole', ...source.notes] };
      }
      return openMl100k(path);
    case 'movielens':
      return openMovielens(path, options);
    case 'recbole':
      return openRecbole(path);
    case 'libsvm':
      return { format, tables: [await openLibsvm(isFolder(path) ? partFiles(path) : [{ path }], signal)], notes: [] };
    case 'csv':
      return openTables(path, format, ['csv', 'tsv', 'txt'], async (file, table) => {
        const { plan, notes } = await openDelimited(file, options);
        return { source: delimitedTable(plan, table), notes };
      });
    case 'jsonl':
      return openTables(path, format, ['jsonl', 'ndjson', 'json'], async (file, table) => ({
        source: await openJsonLines(file, table, options, signal),
        notes: [],
      }));
    case 'parquet':
      return openTables(path, format, ['parquet'], async (file, table) => ({
        source: await openParquet(file, table, { patienceMillis: options.patienceMillis, signal }),
        notes: [],
      }));
  }
}

async function openTables(path: string, format: string, endings: readonly string[], opener: Opener): Promise<Source> {
  if (!isFolder(path)) {
    const { source, notes } = await opener(path, 'events');
    return { format, tables: [source], notes };
  }
  const parts = partFiles(path, endings, false);
  if (parts.length > 0) {
    const named = parts.map((one) => ({ path: one.path, name: one.part }));
    const { source, notes } = await joinFiles(named, { name: 'part', kind: 'category', role: 'part' }, (file) =>
      opener(file, 'examples'),
    );
    return { format, tables: [source], notes };
  }
  const tables: TableSource[] = [];
  const notes: string[] = [];
  for (const file of readdirSync(path).sort()) {
    const { name, ext } = parse(file);
    const table = Object.hasOwn(tablesByName, name.toLowerCase()) ? tablesByName[name.toLowerCase()] : undefined;
    if (table === undefined || !endings.includes(ext.slice(1).toLowerCase())) continue;
    if (tables.some((one) => one.table === table))
      throw badInput(`has two files for ${table}`, join(path, file), 'keep one of them');
    const opened = await opener(join(path, file), table);
    tables.push(opened.source);
    notes.push(...opened.notes.map((note) => `${file}: ${note}`));
  }
  const policies = tables.some(({ table }) => table === 'impressions') ? [] : policyFiles(path, endings);
  if (policies.length > 0) {
    const { source, notes: told } = await joinFiles(policies, { name: 'policy', kind: 'category' }, (file) =>
      opener(file, 'impressions'),
    );
    tables.push(source);
    notes.push(
      ...told,
      `impressions of ${policies.map(({ name }) => name).join(' and ')}, by the name of their folders, in column policy`,
    );
  }
  if (tables.length === 0) {
    throw badInput(
      `has no file named events, items, users, impressions or examples (.${endings.join(', .')})`,
      path,
      'name one file, or rename the files',
    );
  }
  return { format, tables, notes };
}

/** Files of one table that are told apart by train, validation and test in their names. */
function partFiles(folder: string, endings: readonly string[] = [], required = true): Required<LibsvmFile>[] {
  const found: { stem: string; path: string; part: string }[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.query') || file.endsWith('.weight')) continue;
    const { name, ext } = parse(file);
    const ending = ext.slice(1).toLowerCase();
    const [stem, word] = Object.hasOwn(partNames, ending)
      ? [name, ending]
      : endings.includes(ending) && Object.hasOwn(partNames, name.toLowerCase())
        ? ['', name.toLowerCase()]
        : ['', ''];
    if (word !== '') found.push({ stem, path: join(folder, file), part: partNames[word] });
  }
  const stems = new Set(found.map(({ stem }) => stem));
  if (stems.size > 1)
    throw badInput(`holds several data sets: ${[...stems].join(', ')}`, folder, 'keep one of them in a folder');
  if (found.length === 0 && required)
    throw badInput('has no file ending in .train', folder, 'name a file, or a folder with X.train and X.test');
  const order = ['train', 'validation', 'test'];
  return found.sort((a, b) => order.indexOf(a.part) - order.indexOf(b.part)).map(({ path, part }) => ({ path, part }));
}
