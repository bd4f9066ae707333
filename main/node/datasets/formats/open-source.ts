import type { CancelSignal } from '#shared/contract/methods.ts';
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { RunboardError } from '#shared/contract/failure.ts';
import { badInput, isFolder, requirePath } from '../failures.ts';
import type { Source, SourceColumn, TableName, TableSource, TextOptions } from '../rows.ts';
import { delimitedTable, openDelimited } from './delimited.ts';
import { openJsonLines } from './jsonl.ts';
import { openLibsvm, type LibsvmFile } from './libsvm.ts';
import { openMl100k, openMovielens } from './movielens.ts';
import { openParquet } from './parquet.ts';
import { looksLikeRecbole, openRecbole } from './recbole.ts';

/** What `import --format` takes. */
export const formats = [
  'ml-100k',
  'movielens',
  'recbole',
  'csv',
  'tsv',
  'jsonl',
  'parquet',
  'libsvm',
  'sqlite',
] as const;
export type Format = (typeof formats)[number];

/** Whether a word is a format. */
export function isFormat(word: string): word is Format {
  return (formats as readonly string[]).includes(word);
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
  format: Exclude<Format, 'sqlite'>,
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
    case 'tsv':
      return openTables(path, format, ['csv', 'tsv', 'txt'], async (file, table) => {
        const { plan, notes } = await openDelimited(file, format === 'tsv' ? { delimiter: '\t', ...options } : options);
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

type Opener = (
  file: string,
  table: TableName,
) => Promise<{ readonly source: TableSource; readonly notes: readonly string[] }>;

async function openTables(path: string, format: string, endings: readonly string[], opener: Opener): Promise<Source> {
  if (!isFolder(path)) {
    const { source, notes } = await opener(path, 'events');
    return { format, tables: [source], notes };
  }
  const parts = partFiles(path, endings, false);
  if (parts.length > 0) return { format, ...(await joinParts(parts, opener)) };
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

async function joinParts(
  parts: readonly Required<LibsvmFile>[],
  opener: Opener,
): Promise<{ tables: TableSource[]; notes: readonly string[] }> {
  const opened = await Promise.all(parts.map(({ path }) => opener(path, 'examples')));
  const first = opened[0].source;
  const names = first.columns.map(({ name }) => name).join('\t');
  for (const { source } of opened) {
    if (source.columns.map(({ name }) => name).join('\t') !== names) {
      throw new RunboardError('bad-input', `has other columns than ${first.path}`, { where: source.path });
    }
  }
  const part: SourceColumn = { name: 'part', kind: 'category', role: 'part' };
  const joined: TableSource = {
    ...first,
    bytes: opened.reduce((sum, { source }) => sum + source.bytes, 0),
    columns: [part, ...first.columns],
    async *rows(reading) {
      for (const [at, { source }] of opened.entries()) {
        const name = parts[at].part;
        const inFile = {
          ...reading,
          advance: (bytes: number) => reading.advance(bytes),
          reject: (line: number, why: string, text: string) => reading.reject(line, `${why} (${name})`, text),
        };
        for await (const batch of source.rows(inFile)) {
          yield { ...batch, columns: [Array.from({ length: batch.rows }, () => name), ...batch.columns] };
        }
      }
    },
  };
  return { tables: [joined], notes: opened[0].notes };
}
