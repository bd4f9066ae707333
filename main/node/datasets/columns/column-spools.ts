import type { Pause } from '../pauses.ts';
import { numberOf, timeOf } from '../read-cells.ts';
import type { StoredColumn } from '../layout.ts';
import type { ArrayName } from '../parts.ts';
import type { Cell } from '../rows.ts';
import type { ColumnProfile } from '../column-profile.ts';
import { CodedTexts, type CodedColumn, type TextLimit } from './coded-texts.ts';
import { Figures } from './figures.ts';
import type { Scratch } from './scratch.ts';
import { Spool } from './spool.ts';
import { StoredNumbers, StoredTexts } from './stored-arrays.ts';
import { TextSpool } from './text-spool.ts';

/** What is known of a column but for its name and role. */
export type Facts = Partial<ColumnProfile> & Pick<ColumnProfile, 'kind'>;

export interface FinishedColumn {
  /** As in a data set, but that its arrays are stored. */
  readonly column: Readonly<Record<string, unknown>>;
  /** To be asked for when the stored arrays were read once. */
  readonly facts: () => Facts;
}

/** Gathers the cells of a column of a table, row by row. */
export interface ColumnSpool {
  /** Cells that were added. */
  readonly length: number;
  /** The last row that holds something; -1 where none does. */
  readonly lastFilled: number;
  /** Adds a cell; null where there is nothing. */
  add(cell: Cell): void;
  finish(pause: Pause): Promise<FinishedColumn>;
}

/** Where columns are gathered, and how much of each may be in memory. */
export interface Room {
  readonly scratch: Scratch;
  readonly texts: TextLimit;
}

/** Gathers a stored column. Text of `entities` with many different values stays text; other text becomes categories. */
export function columnSpool(column: StoredColumn, room: Room, entities: boolean): ColumnSpool {
  switch (column.kind) {
    case 'number':
      return new CellNumbers(new NumberSpool(room.scratch, 'narrowest'), numberOf);
    case 'time':
      return new CellNumbers(new NumberSpool(room.scratch, 'Float64Array'), timeOf);
    case 'tags':
      return new TagCells(room, column.separator ?? '|');
    case 'text':
      if (!entities) return new CategoryCells(room);
      return new TextCells(room, column.role === 'item.title' || column.role === 'item.text');
    case 'id':
    case 'category':
      return new CategoryCells(room);
  }
}

/** Numbers with their figures. The narrowest array is the smallest that holds all of them exactly. */
export class NumberSpool {
  readonly figures = new Figures();
  private readonly spool: Spool;
  private readonly name: ArrayName | 'narrowest';

  constructor(scratch: Scratch, name: ArrayName | 'narrowest') {
    this.spool = new Spool(scratch, name === 'narrowest' ? 'Float64Array' : name);
    this.name = name;
  }

  /** Adds a number that its array holds exactly, or NaN. */
  add(value: number): void {
    this.spool.push(value);
    this.figures.add(value);
  }

  stored(): StoredNumbers {
    const { figures, name } = this;
    const narrowest = figures.whole ? 'Int32Array' : figures.single ? 'Float32Array' : 'Float64Array';
    return new StoredNumbers(name === 'narrowest' ? narrowest : name, this.spool, {
      watch: (chunk) => figures.distribute(chunk),
    });
  }

  facts(): Omit<Facts, 'kind'> {
    const { missing, distinct, minimum, maximum, mean, histogram } = this.figures;
    return { missing, distinct, minimum, maximum, mean, histogram };
  }
}

class CellNumbers implements ColumnSpool {
  length = 0;
  lastFilled = -1;
  private readonly numbers: NumberSpool;
  private readonly understand: (cell: Cell) => number;

  constructor(numbers: NumberSpool, understand: (cell: Cell) => number) {
    this.numbers = numbers;
    this.understand = understand;
  }

  add(cell: Cell): void {
    const value = this.understand(cell);
    if (value === value) this.lastFilled = this.length;
    this.numbers.add(value);
    this.length++;
  }

  finish(): Promise<FinishedColumn> {
    const { numbers } = this;
    return Promise.resolve({
      column: { kind: 'number', values: numbers.stored() },
      facts: () => ({ kind: 'number', ...numbers.facts() }),
    });
  }
}

class CategoryCells implements ColumnSpool {
  lastFilled = -1;
  private readonly texts: CodedTexts;

  constructor({ scratch, texts: limit }: Room) {
    this.texts = new CodedTexts(scratch, limit);
  }

  get length(): number {
    return this.texts.length;
  }

  add(cell: Cell): void {
    if (cell !== null) this.lastFilled = this.texts.length;
    this.texts.add(cell === null ? null : String(cell));
  }

  async finish(pause: Pause): Promise<FinishedColumn> {
    return finishedCategory(await this.texts.finish(pause));
  }
}

function finishedCategory({ codes, names, missing, distinct, top }: CodedColumn): FinishedColumn {
  return {
    column: { kind: 'category', codes, names },
    facts: () => ({ kind: 'category', missing, distinct, top: top() }),
  };
}

class TagCells implements ColumnSpool {
  length = 0;
  lastFilled = -1;
  private missing = 0;
  private readonly tags: CodedTexts;
  private readonly offsets: Spool;
  private readonly separator: string;

  constructor({ scratch, texts: limit }: Room, separator: string) {
    this.tags = new CodedTexts(scratch, limit);
    this.offsets = new Spool(scratch, 'Int32Array');
    this.offsets.push(0);
    this.separator = separator;
  }

  add(cell: Cell): void {
    const before = this.tags.length;
    if (cell !== null) {
      for (const part of String(cell).split(this.separator)) {
        const tag = part.trim();
        if (tag !== '') this.tags.add(tag);
      }
    }
    if (this.tags.length === before) this.missing++;
    else this.lastFilled = this.length;
    this.offsets.push(this.tags.length);
    this.length++;
  }

  async finish(pause: Pause): Promise<FinishedColumn> {
    const { missing } = this;
    const { codes, names, distinct, top } = await this.tags.finish(pause);
    return {
      column: { kind: 'tags', offsets: new StoredNumbers('Int32Array', this.offsets), codes, names },
      facts: () => ({ kind: 'tags', missing, distinct, top: top() }),
    };
  }
}

/** Up to this many different values are categories whatever the number of rows. */
const fewValues = 1000;

/** Text of users or items: free text, or categories where values come again and again. Both are kept until that is known. */
class TextCells implements ColumnSpool {
  lastFilled = -1;
  private missing = 0;
  private readonly values: TextSpool;
  private readonly categories: CodedTexts | undefined;

  constructor({ scratch, texts: limit }: Room, free: boolean) {
    this.values = new TextSpool(scratch);
    this.categories = free ? undefined : new CodedTexts(scratch, limit);
  }

  get length(): number {
    return this.values.length;
  }

  add(cell: Cell): void {
    const text = cell === null ? '' : String(cell);
    if (text === '') this.missing++;
    else this.lastFilled = this.values.length;
    this.values.push(text);
    this.categories?.add(text === '' ? null : text);
  }

  async finish(pause: Pause): Promise<FinishedColumn> {
    const { missing, values } = this;
    const categories = await this.categories?.finish(pause);
    if (categories !== undefined) {
      const different = categories.distinct + (missing > 0 ? 1 : 0);
      if (different <= fewValues || different <= values.length / 2) return finishedCategory(categories);
    }
    return {
      column: { kind: 'text', values: new StoredTexts(values) },
      facts: () => ({ kind: 'text', missing }),
    };
  }
}
