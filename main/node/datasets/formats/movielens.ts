import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { badInput, isFolder } from '../failures.ts';
import { columnInRole } from '../roles.ts';
import type { RowBatch, Source, SourceColumn, TableName, TableSource, TextOptions } from '../rows.ts';
import { delimitedTable, openDelimited, readDelimited, type DelimitedPlan } from './delimited.ts';
import { firstBytes, utf8OrLatin1 } from './text-file.ts';

const genres: SourceColumn = { name: 'genres', kind: 'tags', separator: '|', role: 'item.category' };

const movies: readonly SourceColumn[] = [columnInRole('movieId', 'item'), columnInRole('title', 'item.title'), genres];

function ratings(user: string, item: string): readonly SourceColumn[] {
  return [
    columnInRole(user, 'user'),
    columnInRole(item, 'item'),
    columnInRole('rating', 'value'),
    columnInRole('timestamp', 'time'),
  ];
}

/** The layouts of files without a header. */
const layouts: Readonly<
  Record<string, { readonly table: TableName; readonly delimiter: string; readonly columns: readonly SourceColumn[] }>
> = {
  'ratings.dat': {
    table: 'events',
    delimiter: '::',
    columns: ratings('userId', 'movieId'),
  },
  'movies.dat': {
    table: 'items',
    delimiter: '::',
    columns: movies,
  },
  'users.dat': {
    table: 'users',
    delimiter: '::',
    columns: [
      columnInRole('userId', 'user'),
      { name: 'gender', kind: 'category' },
      { name: 'age', kind: 'number' },
      { name: 'occupation', kind: 'category' },
      { name: 'zip', kind: 'text' },
    ],
  },
  'u.data': {
    table: 'events',
    delimiter: '\t',
    columns: ratings('user_id', 'item_id'),
  },
  'u.user': {
    table: 'users',
    delimiter: '|',
    columns: [
      columnInRole('user_id', 'user'),
      { name: 'age', kind: 'number' },
      { name: 'gender', kind: 'category' },
      { name: 'occupation', kind: 'category' },
      { name: 'zip_code', kind: 'text' },
    ],
  },
};

const flagGenres = [
  'unknown', 'Action', 'Adventure', 'Animation', "Children's", 'Comedy', 'Crime', 'Documentary', 'Drama', 'Fantasy',
  'Film-Noir', 'Horror', 'Musical', 'Mystery', 'Romance', 'Sci-Fi', 'Thriller', 'War', 'Western',
]; // prettier-ignore

/** The folder of MovieLens 100K (`u.data`, and `u.item`, `u.user` where they are), or its `u.data`. */
export async function openMl100k(path: string): Promise<Source> {
  const folder = isFolder(path) ? path : dirname(path);
  if (!isFolder(path) && basename(path) !== 'u.data')
    throw badInput('is not u.data', path, 'name the folder of MovieLens 100K, or its u.data');
  if (!existsSync(join(folder, 'u.data')))
    throw badInput('has no u.data', path, 'name the folder that holds u.data, or another --format');
  const tables: TableSource[] = [await openLayout(folder, 'u.data')];
  if (existsSync(join(folder, 'u.user'))) tables.push(await openLayout(folder, 'u.user'));
  if (existsSync(join(folder, 'u.item'))) tables.push(await openFlaggedItems(join(folder, 'u.item')));
  return { format: 'ml-100k', tables, notes: [] };
}

/** The folder of a larger MovieLens data set: `ratings.csv` and `movies.csv`, or the older `.dat` files; or one of its ratings files. */
export async function openMovielens(path: string, options: TextOptions): Promise<Source> {
  const folder = isFolder(path) ? path : dirname(path);
  if (existsSync(join(folder, 'ratings.dat')) && basename(path) !== 'ratings.csv') {
    const tables = [await openLayout(folder, 'ratings.dat')];
    for (const name of ['movies.dat', 'users.dat'])
      if (existsSync(join(folder, name))) tables.push(await openLayout(folder, name));
    return { format: 'movielens', tables, notes: [] };
  }
  const events = join(folder, 'ratings.csv');
  if (!existsSync(events))
    throw badInput(
      'has neither ratings.csv nor ratings.dat',
      path,
      'name the folder that holds them, or another --format',
    );
  const tables = [await openNamed(events, 'events', options, ratings('userId', 'movieId'))];
  const items = join(folder, 'movies.csv');
  if (existsSync(items)) tables.push(await openNamed(items, 'items', options, movies));
  const ignored = ['tags.csv', 'links.csv', 'genome-scores.csv'].filter((name) => existsSync(join(folder, name)));
  return { format: 'movielens', tables, notes: ignored.length === 0 ? [] : [`not read: ${ignored.join(', ')}`] };
}

async function openLayout(folder: string, name: string): Promise<TableSource> {
  const path = join(folder, name);
  const { table, delimiter, columns } = layouts[name];
  if ((await firstBytes(path, 1)).length === 0) throw badInput('is empty (0 bytes)', path);
  const encoding = await utf8OrLatin1(path);
  const plan: DelimitedPlan = {
    path,
    encoding,
    delimiter,
    quotes: false,
    header: false,
    fields: columns.map(({ name: column }) => column),
  };
  return delimitedTable(plan, table, columns);
}

async function openNamed(
  path: string,
  table: TableName,
  options: TextOptions,
  known: readonly SourceColumn[],
): Promise<TableSource> {
  const { plan } = await openDelimited(path, { header: true, ...options });
  for (const { name, role } of known) {
    if (role !== undefined && role !== 'time' && !plan.fields.includes(name)) {
      throw badInput(
        `has no column ${name} (it has ${plan.fields.join(', ')})`,
        path,
        'use --format csv with --map role=column',
      );
    }
  }
  return delimitedTable(
    plan,
    table,
    plan.fields.map((name) => known.find((column) => column.name === name) ?? { name }),
  );
}

/** `u.item` holds a flag per genre: they become one column of tags. */
async function openFlaggedItems(path: string): Promise<TableSource> {
  const fields = ['item_id', 'title', 'release_date', 'video_release_date', 'url', ...flagGenres];
  const plan: DelimitedPlan = {
    path,
    encoding: await utf8OrLatin1(path),
    delimiter: '|',
    quotes: false,
    header: false,
    fields,
  };
  const columns: SourceColumn[] = [
    columnInRole('item_id', 'item'),
    columnInRole('title', 'item.title'),
    columnInRole('release_date', 'item.created'),
    { name: 'video_release_date', kind: 'text' },
    { name: 'url', kind: 'text' },
    genres,
  ];
  return {
    ...delimitedTable(plan, 'items', columns),
    async *rows(reading) {
      for await (const batch of readDelimited(plan, reading)) yield joinFlags(batch);
    },
  };
}

function joinFlags(batch: RowBatch): RowBatch {
  const tags: string[] = [];
  for (let r = 0; r < batch.rows; r++)
    tags.push(flagGenres.filter((_, g) => batch.columns[5 + g][r] === '1').join('|'));
  return { rows: batch.rows, lines: batch.lines, columns: [...batch.columns.slice(0, 5), tags] };
}
