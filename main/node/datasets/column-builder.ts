import type { Column, NumberColumn } from '#shared/contract/values.ts';
import { parseNumber, parseTime } from './cells.ts';
import type { StoredColumn } from './layout.ts';
import type { Cell } from './rows.ts';
import { narrow, sharedFloat64, sharedInt32 } from './shared-arrays.ts';

/** Gathers the cells of a column, row by row, into a column of a data set. */
export interface ColumnBuilder {
  add(cell: Cell): void;
  /** The column, with missing values up to `rows`. */
  finish(rows: number): Column;
}

/** Texts to codes, in order of first appearance. */
export class Dictionary {
  readonly names: string[] = [];
  private readonly codes = new Map<string, number>();

  code(text: string): number {
    let code = this.codes.get(text);
    if (code === undefined) {
      code = this.names.length;
      this.codes.set(text, code);
      this.names.push(text);
    }
    return code;
  }
}

/** A growing array of numbers. */
class NumberList {
  length = 0;
  private values: Float64Array;

  constructor(capacity: number) {
    this.values = new Float64Array(Math.max(16, capacity));
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  /** The numbers, NaN from the last one up to `rows`. */
  padded(rows: number): Float64Array {
    while (this.length < rows) this.push(NaN);
    return this.values.subarray(0, rows);
  }
}

/** A growing array of codes, on shared memory from the start. */
export class CodeList {
  length = 0;
  private values: Int32Array;

  constructor(capacity: number) {
    this.values = sharedInt32(Math.max(16, capacity));
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = sharedInt32(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  /** The codes, `filler` from the last one up to `rows`. */
  padded(rows: number, filler: number): Int32Array {
    while (this.length < rows) this.push(filler);
    if (this.values.length === rows) return this.values;
    const exact = sharedInt32(rows);
    exact.set(this.values.subarray(0, rows));
    return exact;
  }
}

/** A builder for a stored column. Text of `entities` with many different values stays text; other text becomes categories. */
export function columnBuilder(column: StoredColumn, capacity: number, entities: boolean): ColumnBuilder {
  switch (column.kind) {
    case 'number':
      return new NumberBuilder(capacity, numberOf, true);
    case 'time':
      return new NumberBuilder(capacity, timeOf, false);
    case 'tags':
      return new TagsBuilder(capacity, column.separator ?? '|');
    case 'text':
      return entities
        ? new TextBuilder(column.role === 'item.title' || column.role === 'item.text')
        : new CategoryBuilder(capacity);
    case 'id':
    case 'category':
      return new CategoryBuilder(capacity);
  }
}

/** The number of a cell; NaN where it is none. */
export function numberOf(cell: Cell): number {
  if (cell === null) return NaN;
  const value = typeof cell === 'number' ? cell : parseNumber(cell);
  return Number.isFinite(value) ? value : NaN;
}

/** The Unix seconds of a cell; NaN where there is no time. */
export function timeOf(cell: Cell): number {
  return cell === null ? NaN : parseTime(cell);
}

class NumberBuilder implements ColumnBuilder {
  private readonly list: NumberList;
  private readonly understand: (cell: Cell) => number;
  private readonly narrowed: boolean;

  constructor(capacity: number, understand: (cell: Cell) => number, narrowed: boolean) {
    this.list = new NumberList(capacity);
    this.understand = understand;
    this.narrowed = narrowed;
  }

  add(cell: Cell): void {
    this.list.push(this.understand(cell));
  }

  finish(rows: number): NumberColumn {
    const values = this.list.padded(rows);
    if (this.narrowed) return { kind: 'number', values: narrow(values) };
    const times = sharedFloat64(rows);
    times.set(values);
    return { kind: 'number', values: times };
  }
}

class CategoryBuilder implements ColumnBuilder {
  private readonly dictionary = new Dictionary();
  private readonly codes: CodeList;

  constructor(capacity: number) {
    this.codes = new CodeList(capacity);
  }

  add(cell: Cell): void {
    this.codes.push(cell === null ? -1 : this.dictionary.code(String(cell)));
  }

  finish(rows: number): Column {
    return { kind: 'category', codes: this.codes.padded(rows, -1), names: this.dictionary.names };
  }
}

class TagsBuilder implements ColumnBuilder {
  private readonly dictionary = new Dictionary();
  private readonly offsets: CodeList;
  private readonly codes = new CodeList(16);
  private readonly separator: string;

  constructor(capacity: number, separator: string) {
    this.offsets = new CodeList(capacity + 1);
    this.offsets.push(0);
    this.separator = separator;
  }

  add(cell: Cell): void {
    if (cell !== null) {
      for (const part of String(cell).split(this.separator)) {
        const tag = part.trim();
        if (tag !== '') this.codes.push(this.dictionary.code(tag));
      }
    }
    this.offsets.push(this.codes.length);
  }

  finish(rows: number): Column {
    const offsets = this.offsets.padded(rows + 1, this.codes.length);
    return { kind: 'tags', offsets, codes: this.codes.padded(this.codes.length, 0), names: this.dictionary.names };
  }
}

/** Up to this many different values are categories whatever the number of rows. */
const fewValues = 1000;

class TextBuilder implements ColumnBuilder {
  private readonly values: string[] = [];
  private readonly free: boolean;

  constructor(free: boolean) {
    this.free = free;
  }

  add(cell: Cell): void {
    this.values.push(cell === null ? '' : String(cell));
  }

  finish(rows: number): Column {
    while (this.values.length < rows) this.values.push('');
    if (this.free) return { kind: 'text', values: this.values };
    const different = new Set(this.values).size;
    if (different > fewValues && different > this.values.length / 2) return { kind: 'text', values: this.values };
    const builder = new CategoryBuilder(rows);
    for (const value of this.values) builder.add(value === '' ? null : value);
    return builder.finish(rows);
  }
}
