import type { CancelSignal } from '#shared/contract/methods.ts';
import { statSync } from 'node:fs';
import { badInput } from '../failures.ts';
import {
  BatchBuilder,
  type Cell,
  type Reading,
  type RowBatch,
  type SourceColumn,
  type TableName,
  type TableSource,
  type TextOptions,
} from '../rows.ts';
import { columnNames, mostColumns } from './column-names.ts';
import { DelimitedParser } from './delimited-parser.ts';
import { readText } from './text-file.ts';

/** What stands between the elements of a list of scalars, once stored as text. */
const listSeparator = '|';

interface Keys {
  /** Key to whether it ever held a list. */
  readonly lists: Map<string, boolean>;
}

/** A table of JSON lines: one object per line. Reads the file once to learn its keys. */
export async function openJsonLines(
  path: string,
  table: TableName,
  options: TextOptions,
  signal?: CancelSignal,
): Promise<TableSource> {
  const keys: Keys = { lists: new Map() };
  let rows = 0;
  const learning: Reading = { signal, reject: () => undefined, advance: () => undefined };
  await eachObject(path, options, learning, (_line, object) => {
    rows++;
    for (const key of Object.keys(object)) {
      const list = Array.isArray(object[key]);
      if (list || !keys.lists.has(key)) keys.lists.set(key, list || keys.lists.get(key) === true);
    }
    if (keys.lists.size > mostColumns) throw badInput(`has more than ${mostColumns} different keys`, path);
  });
  if (rows === 0)
    throw badInput(
      'has no line that is a JSON object',
      path,
      'every line must be one object, as {"user": "u1", "item": "i1"}',
    );
  const given = [...keys.lists.keys()];
  const { names } = columnNames(given);
  const columns: SourceColumn[] = names.map((name, at) =>
    keys.lists.get(given[at]) === true ? { name, kind: 'tags', separator: listSeparator } : { name },
  );
  return {
    table,
    path,
    bytes: statSync(path).size,
    columns,
    typed: true,
    rows: (reading) => readRows(path, given, options, reading),
  };
}

async function* readRows(
  path: string,
  keys: readonly string[],
  options: TextOptions,
  reading: Reading,
): AsyncGenerator<RowBatch> {
  const batch = new BatchBuilder(keys.length);
  for await (const _piece of objects(path, options, reading, (line, object, text) => {
    const cells: Cell[] = [];
    for (const key of keys) {
      const cell = Object.hasOwn(object, key) ? toCell(object[key]) : null;
      if (typeof cell === 'number' && !Number.isFinite(cell)) {
        reading.reject(line, `${key} is beyond the range of numbers`, text);
        return;
      }
      cells.push(cell);
    }
    batch.add(line, cells);
  })) {
    while (batch.full) yield batch.take();
  }
  if (!batch.empty) yield batch.take();
}

type OnObject = (line: number, object: Record<string, unknown>, text: string) => void;

async function eachObject(path: string, options: TextOptions, reading: Reading, onObject: OnObject): Promise<void> {
  for await (const _piece of objects(path, options, reading, onObject));
}

/** Calls back for each object; yields after each piece of text. */
async function* objects(
  path: string,
  options: TextOptions,
  reading: Reading,
  onObject: OnObject,
): AsyncGenerator<void> {
  let damaged = false;
  const parser = new DelimitedParser(
    { delimiter: '\n', quotes: false },
    {
      record(line, [text]) {
        if (text.trim() === '') return;
        const parsed = parseObject(text, damaged);
        if (typeof parsed === 'string') reading.reject(line, parsed, text);
        else onObject(line, parsed, text);
      },
      broken: (line, reason, text) => reading.reject(line, reason, text),
    },
  );
  for await (const chunk of readText(path, reading, options.encoding)) {
    damaged ||= chunk.damaged;
    parser.push(chunk.text, chunk.last);
    yield;
  }
}

/** The object of a line, or why there is none. Numbers too long to be exact are kept as they are written. */
function parseObject(text: string, damaged: boolean): Record<string, unknown> | string {
  if (damaged && text.includes('\ufffd')) return 'holds bytes that are not valid in the encoding of the file';
  if (text.includes('\0')) return 'holds a NUL character';
  try {
    const parsed: unknown = /\d{16}/.test(text) ? JSON.parse(text, keepLongIntegers) : JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
    return 'is not a JSON object';
  } catch (thrown) {
    return `is not valid JSON (${thrown instanceof Error ? thrown.message.replace(/ in JSON.*| \(line.*/s, '') : 'unreadable'})`;
  }
}

function keepLongIntegers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    context?.source !== undefined &&
    /^-?\d+$/.test(context.source)
  ) {
    return context.source;
  }
  return value;
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(listSeparator);
  return JSON.stringify(value);
}
