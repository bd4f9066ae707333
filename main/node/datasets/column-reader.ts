import { excerpt, isCodeLike, isMissing, parseNumber, parseTime } from './cells.ts';
import { partOfWord } from '#shared/values/part-word.ts';
import { kindOfRole, type Candidate } from './roles.ts';
import type { Cell, ColumnKind } from './rows.ts';

const idName = /(^|[_\W])(id|uuid|guid|zip|zipcode|postcode|postal_code|phone|isbn|sku|code)$|[a-z]Id$/i;
const separators = ['|', ';', ','];

/** Roles whose cell must be there for a row to be of use. */
const required = new Set(['user', 'item', 'label', 'time', 'value', 'group', 'part']);
const truthWords: Readonly<Record<string, number>> = { true: 1, false: 0, yes: 1, no: 0 };

/** Turns the cells of one column into what is stored; remembers what it met. */
export class ColumnReader {
  readonly name: string;
  readonly role: string | undefined;
  readonly kind: ColumnKind;
  readonly separator: string | undefined;
  nulls = 0;
  irregular = 0;
  /** Where the first irregular cell was met. */
  firstIrregular = '';
  /** Why the last cell could not be taken; empty where it could. */
  fault = '';
  private readonly required: boolean;
  private readonly strict: boolean;

  constructor(column: Candidate, role: string | undefined, sample: readonly Cell[], keyOptional = false) {
    this.name = column.name;
    this.role = role;
    const wanted = (role === undefined ? undefined : kindOfRole[role]) ?? column.kind;
    const separator =
      column.separator ?? (role === 'item.category' && wanted === undefined ? findSeparator(sample) : undefined);
    this.kind = wanted ?? (separator === undefined ? guessKind(column.name, sample) : 'tags');
    if (role === 'item.category' && this.kind !== 'tags') this.kind = 'category';
    this.separator = this.kind === 'tags' ? (separator ?? '|') : undefined;
    this.required = role !== undefined && required.has(role) && !keyOptional;
    this.strict = role !== undefined;
  }

  read(cell: Cell, line: number): Cell {
    this.fault = '';
    switch (this.kind) {
      case 'number':
        return this.readNumber(cell, line);
      case 'time':
        return this.readTime(cell);
      default:
        return this.readText(cell);
    }
  }

  private readText(cell: Cell): Cell {
    if (cell === null || cell === '') return this.missing();
    const text = typeof cell === 'string' ? cell : String(cell);
    if (this.role === 'part' && partOfWord(text) === -1)
      this.fault = `${this.name} is ${excerpt(cell)}, not train, validation or test`;
    if (this.kind !== 'id') return text;
    const trimmed = text.trim();
    return trimmed === '' ? this.missing() : trimmed;
  }

  private readNumber(cell: Cell, line: number): Cell {
    if (cell === null) return this.missing();
    if (typeof cell === 'number') return cell;
    const value = parseNumber(cell);
    if (Number.isFinite(value)) {
      if (this.strict || !isCodeLike(cell)) return value;
      return this.keepAsText(cell, line);
    }
    if (value === Infinity || value === -Infinity) {
      this.fault = `${this.name} is ${excerpt(cell)}, beyond the range of numbers`;
      return null;
    }
    if (isMissing(cell)) return this.missing();
    if (!this.strict) return this.keepAsText(cell, line);
    const word = cell.trim().toLowerCase();
    if (Object.hasOwn(truthWords, word)) return truthWords[word];
    this.fault = `${this.name} is ${excerpt(cell)}, not a number`;
    return null;
  }

  private keepAsText(cell: string, line: number): string {
    if (this.irregular++ === 0) this.firstIrregular = `line ${line}: ${excerpt(cell)}`;
    return cell;
  }

  private readTime(cell: Cell): Cell {
    if (cell === null) return this.missing();
    const value = typeof cell === 'number' ? cell : parseNumber(cell);
    const seconds = parseTime(Number.isFinite(value) ? value : cell);
    if (Number.isFinite(seconds)) return Number.isFinite(value) ? value : cell;
    if (typeof cell === 'string' && isMissing(cell)) return this.missing();
    this.fault = `${this.name} is ${excerpt(cell)}, not a time: write it as 2024-01-31 18:05 or in Unix seconds`;
    return null;
  }

  private missing(): null {
    this.nulls++;
    if (this.required) this.fault = `${this.name} is missing`;
    return null;
  }
}

/** What a column holds, by its name and its first cells: numbers only where every cell is one and none looks like a code. */
function guessKind(name: string, sample: readonly Cell[]): ColumnKind {
  let numbers = 0;
  for (const cell of sample) {
    if (cell === null) continue;
    if (typeof cell === 'number') {
      numbers++;
      continue;
    }
    if (isMissing(cell)) continue;
    if (Number.isNaN(parseNumber(cell)) || isCodeLike(cell)) return 'text';
    numbers++;
  }
  if (numbers === 0 || idName.test(name)) return 'text';
  return 'number';
}

function findSeparator(sample: readonly Cell[]): string | undefined {
  for (const separator of separators) {
    let having = 0;
    let filled = 0;
    for (const cell of sample) {
      if (typeof cell !== 'string' || cell === '') continue;
      filled++;
      if (cell.includes(separator)) having++;
    }
    if (filled > 0 && having > filled * 0.1) return separator;
  }
  return undefined;
}
