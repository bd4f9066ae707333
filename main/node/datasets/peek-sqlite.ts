import { resolve } from 'node:path';
import type { SourcePreview } from '#shared/contract/datasets.ts';
import { foreignTables } from './attach.ts';
import { badInput, explain } from './failures.ts';
import { countRows } from './read-rows.ts';
import type { Cell } from './rows.ts';
import { openReadOnly, quoteName, requireSqlite } from './store.ts';

const shownRows = 8;
/** More tables than this are a whole application's: the largest are looked at. */
const mostTables = 40;

/** Longer cells are cut before they leave the file. */
const shownCharacters = 1_000;

/** A column as it is shown. Columns that are computed are not asked for: a file from elsewhere may compute gigabytes. */
function shown(column: string): string {
  const name = quoteName(column);
  return `CASE typeof(${name}) WHEN 'blob' THEN length(${name}) || ' bytes' WHEN 'text' THEN substr(${name}, 1, ${shownCharacters}) ELSE ${name} END`;
}

/** The tables of a SQLite file with their columns and first rows, largest first. The file is opened read-only. */
export function peekSqlite(path: string): SourcePreview {
  const file = resolve(path);
  try {
    requireSqlite(file);
    const db = openReadOnly(file);
    try {
      const found = foreignTables(db).map((table) => ({ ...table, rows: countRows(db, table.name) }));
      if (found.length === 0) throw badInput('has no tables', file);
      const largest = found.toSorted((a, b) => b.rows - a.rows).slice(0, mostTables);
      const tables = largest.map(({ name, columns }) => ({
        name,
        columns: columns.map((column) => ({ name: column.name, role: null })),
        rows: db
          .prepare(
            `SELECT ${columns.map((column) => shown(column.name)).join(', ')} FROM ${quoteName(name)} LIMIT ${shownRows}`,
          )
          .raw()
          .all() as Cell[][],
      }));
      const sizes = largest
        .map(({ name, rows }) => `${name} has ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`)
        .join(', ');
      const left = found.length - largest.length;
      return {
        tables,
        notes: [
          `${sizes}${left > 0 ? `; ${left} smaller tables are not shown` : ''}.`,
          'The rows stay in this file, which is read and never written.',
        ],
      };
    } finally {
      db.close();
    }
  } catch (thrown) {
    throw explain(thrown, file);
  }
}
