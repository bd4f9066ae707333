import { parseNumber, parseTime } from './cells.ts';
import type { Cell } from './rows.ts';

/** The number of a stored cell; NaN where it is none. */
export function numberOf(cell: Cell): number {
  if (cell === null) return NaN;
  const value = typeof cell === 'number' ? cell : parseNumber(cell);
  return Number.isFinite(value) ? value : NaN;
}

/** The Unix seconds of a stored cell; NaN where there is no time. */
export function timeOf(cell: Cell): number {
  return cell === null ? NaN : parseTime(cell);
}
