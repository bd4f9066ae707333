import type { Pause } from '../pauses.ts';
import { CodeCounts, TopCodes } from './code-counts.ts';
import { DigestTable } from './digest-table.ts';
import { LateTexts } from './late-texts.ts';
import type { Scratch } from './scratch.ts';
import { Spool } from './spool.ts';
import { StoredNumbers, StoredTexts } from './stored-arrays.ts';
import { TextDigest } from './text-digest.ts';
import { TextSpool } from './text-spool.ts';

const digest = new TextDigest();

/** Ids to codes, in order of first appearance. About twenty bytes of memory for each. */
export class IdCodes {
  private readonly table = new DigestTable();
  private readonly names: TextSpool;

  constructor(scratch: Scratch) {
    this.names = new TextSpool(scratch);
  }

  get size(): number {
    return this.table.size;
  }

  code(id: string): number {
    digest.of(id);
    const known = this.table.find(digest);
    if (known !== -1) return known;
    this.names.push(id);
    return this.table.add(digest);
  }

  /** The code of an id; -1 where it has none. */
  find(id: string): number {
    digest.of(id);
    return this.table.find(digest);
  }

  name(code: number): string {
    return this.names.at(code);
  }

  stored(): StoredTexts {
    return new StoredTexts(this.names);
  }
}

const noText = -1;
const later = -2;

/** How many different texts are held in memory: of each column whatever the others have, and beyond that of all together. */
export interface TextLimit {
  readonly each: number;
  together: number;
}

/** Some ten megabytes in memory. */
export function usualTextLimit(): TextLimit {
  return { each: 1024, together: 1 << 18 };
}

export interface CodedColumn {
  readonly codes: StoredNumbers;
  readonly names: StoredTexts;
  readonly missing: number;
  readonly distinct: number;
  /** The most frequent texts with their counts. */
  readonly top: () => readonly (readonly [string, number])[];
}

/** The texts of a column as codes in order of first appearance, with their names. Its memory is bounded, however many different ones there are. */
export class CodedTexts {
  missing = 0;
  private readonly table = new DigestTable();
  private readonly counts = new CodeCounts();
  private readonly names: TextSpool;
  private readonly codes: Spool;
  private late: LateTexts | undefined;
  private readonly scratch: Scratch;
  private readonly limit: TextLimit;

  /** What is taken of the limit is no longer there for others. */
  constructor(scratch: Scratch, limit: TextLimit) {
    this.scratch = scratch;
    this.limit = limit;
    this.names = new TextSpool(scratch);
    this.codes = new Spool(scratch, 'Int32Array');
  }

  get length(): number {
    return this.codes.length;
  }

  add(text: string | null): void {
    if (text === null) {
      this.missing++;
      this.codes.push(noText);
      return;
    }
    digest.of(text);
    let code = this.table.find(digest);
    if (code === -1) {
      if (this.table.size >= this.limit.each && this.limit.together-- <= 0) {
        (this.late ??= new LateTexts(this.scratch)).add(digest, text);
        this.codes.push(later);
        return;
      }
      code = this.table.add(digest);
      this.names.push(text);
    }
    this.counts.add(code);
    this.codes.push(code);
  }

  async finish(pause: Pause): Promise<CodedColumn> {
    const { names, codes, missing } = this;
    const top = new TopCodes();
    this.counts.offerTo(top);
    const late = await this.late?.resolve(names, top, pause);
    const lookUp = late === undefined ? undefined : () => inPlaceOf(later, late());
    return {
      codes: new StoredNumbers('Int32Array', codes, { translate: lookUp }),
      names: new StoredTexts(names),
      missing,
      distinct: names.length,
      top: () => top.pairs.map(({ code, count }) => [names.at(code), count] as const),
    };
  }
}

/** A translation of numbers that asks for the next one in place of a certain one. */
function inPlaceOf(placeholder: number, next: () => number): (value: number) => number {
  return (value) => (value === placeholder ? next() : value);
}
