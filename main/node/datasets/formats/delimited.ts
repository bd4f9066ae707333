import { statSync } from 'node:fs';
import { badInput } from '../failures.ts';
import {
  BatchBuilder,
  type Reading,
  type RowBatch,
  type SourceColumn,
  type TableName,
  type TableSource,
  type TextOptions,
} from '../rows.ts';
import { columnNames } from './column-names.ts';
import { DelimitedParser, type Dialect } from './delimited-parser.ts';
import { firstBytes, readText, sniffEncoding, type Encoding } from './text-file.ts';

/** How a delimited file is to be read, once it is known. */
export interface DelimitedPlan extends Dialect {
  readonly path: string;
  readonly encoding: Encoding;
  /** Names of the fields of a row, in order. */
  readonly fields: readonly string[];
  /** Whether the first record names the fields and is not a row. */
  readonly header: boolean;
}

/** What was found out about a delimited file. */
export interface DelimitedHead {
  readonly plan: DelimitedPlan;
  readonly notes: readonly string[];
}

const delimiters = [',', ';', '\t', '|'];
const delimiterNames: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** Finds encoding, delimiter and header of a file. `preset` says what the format already knows. */
export async function openDelimited(
  path: string,
  options: TextOptions,
  preset: Partial<Dialect> = {},
): Promise<DelimitedHead> {
  const bytes = await firstBytes(path);
  if (bytes.length === 0) throw badInput('is empty (0 bytes)', path);
  const sniffed = sniffEncoding(bytes);
  const encoding = options.encoding ?? sniffed.encoding;
  const head = new TextDecoder(encoding).decode(bytes, { stream: true });
  if (isBinary(head))
    throw badInput('is not text (most of it is control characters)', path, 'say what else it is (--format)');
  const quotes = preset.quotes ?? true;
  const delimiter = options.delimiter ?? preset.delimiter ?? sniffDelimiter(head, quotes);
  const first = headRecords(head, { delimiter, quotes })[0];
  if (first === undefined) throw badInput('has no rows', path);
  const header = options.header ?? !first.every((field) => field.trim() === '' || isPlainNumber(field.trim()));
  const notes: string[] = [];
  if (encoding !== 'utf-8') notes.push(`read as ${encoding}`);
  if (delimiter !== ',' && preset.delimiter === undefined)
    notes.push(`fields are separated by ${delimiterNames[delimiter] ?? JSON.stringify(delimiter)}`);
  if (!header)
    notes.push('the first row is all numbers, so it was taken as data: columns are named column1, column2, …');
  const named = columnNames(header ? first : first.map((_, at) => `column${at + 1}`));
  return {
    plan: { path, encoding, delimiter, quotes, header, fields: named.names },
    notes: [...notes, ...named.notes],
  };
}

/** A table of a delimited file; `columns` describes the fields, in order. */
export function delimitedTable(plan: DelimitedPlan, table: TableName, columns?: readonly SourceColumn[]): TableSource {
  return {
    table,
    path: plan.path,
    bytes: statSync(plan.path).size,
    columns: columns ?? plan.fields.map((name) => ({ name })),
    typed: false,
    rows: (reading) => readDelimited(plan, reading),
  };
}

/** The rows of a delimited file. Rows with too few or too many fields, with NUL or with undecodable bytes are rejected. */
export async function* readDelimited(plan: DelimitedPlan, reading: Reading): AsyncGenerator<RowBatch> {
  const width = plan.fields.length;
  const batch = new BatchBuilder(width);
  let header = plan.header;
  let damaged = false;
  let ended = false;
  const parser = new DelimitedParser(plan, {
    record(line, fields) {
      if (header) {
        header = false;
        return;
      }
      const fault = rowFault(fields, width, damaged, ended);
      if (fault === null) batch.add(line, fields);
      else reading.reject(line, fault, fields.join(plan.delimiter));
    },
    broken(line, reason, text) {
      reading.reject(line, reason, text);
    },
  });
  for await (const chunk of readText(plan.path, reading, plan.encoding)) {
    damaged ||= chunk.damaged;
    ended = chunk.last;
    parser.push(chunk.text, chunk.last);
    while (batch.full) yield batch.take();
  }
  if (!batch.empty) yield batch.take();
}

function rowFault(fields: readonly string[], width: number, damaged: boolean, last: boolean): string | null {
  if (fields.length !== width) {
    const few = fields.length < width && last ? '; the file may be cut short' : '';
    return `has ${fields.length} ${fields.length === 1 ? 'column' : 'columns'}, expected ${width}${few}`;
  }
  for (const field of fields) {
    if (field.includes('\0')) return 'holds a NUL character';
    if (damaged && field.includes('\ufffd'))
      return 'holds bytes that are not valid in the encoding of the file: save it as UTF-8';
  }
  return null;
}

/** The delimiter that divides the first records most evenly into more than one field; a comma where none does. */
function sniffDelimiter(head: string, quotes = true): string {
  let best = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const records = headRecords(head, { delimiter, quotes }).slice(0, 100);
    const counts = new Map<number, number>();
    for (const record of records) counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
    const width = records[0]?.length ?? 1;
    if (width < 2) continue;
    const score = ((counts.get(width) ?? 0) / records.length) * (1 + width / 1000);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function headRecords(head: string, dialect: Dialect): string[][] {
  const records: string[][] = [];
  const parser = new DelimitedParser(dialect, {
    record: (_line, fields) => void records.push(fields),
    broken: () => undefined,
  });
  parser.push(head, false);
  if (records.length === 0) parser.push('\n', true);
  return records;
}

function isBinary(head: string): boolean {
  let controls = 0;
  for (let i = 0; i < head.length; i++) {
    const code = head.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffd) controls++;
  }
  return controls > head.length * 0.2;
}

function isPlainNumber(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
}
