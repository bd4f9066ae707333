import type { Sheet } from '#shared/contract/values.ts';
import { countText, valueText } from './numbers.ts';
import type { Block } from './tree.ts';

/** Long sheets are cut: the whole of them is in the run. */
const sheetRows = 50;

/** A sheet as a table. */
export function sheetTable(sheet: Sheet): Block {
  const cell = (value: string | number | null): string =>
    value === null ? '–' : typeof value === 'number' ? numberText(value) : value;
  const rows = sheet.rows.slice(0, sheetRows).map((row) => row.map(cell));
  if (sheet.rows.length > sheetRows)
    rows.push([`and ${sheet.rows.length - sheetRows} more`, ...sheet.columns.slice(1).map(() => '')]);
  const right = sheet.columns.map((_, i) => sheet.rows.some((row) => typeof row[i] === 'number'));
  return { type: 'table', columns: sheet.columns, right, rows };
}

/** A number of a sheet: whole ones as counts. */
export function numberText(value: number): string {
  return Number.isInteger(value) ? countText(value) : valueText(value);
}
