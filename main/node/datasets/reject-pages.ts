import { open, type FileHandle } from 'node:fs/promises';
import type { TablePage } from '#shared/contract/datasets.ts';
import { badInput, explain } from './failures.ts';
import { asItWas } from './reject-file.ts';

/** How the files of rejected rows end; nothing else is read as one. */
export const rejectEnding = '.rejects.csv';

const columns = ['file', 'line', 'reason', 'text'];
const markEvery = 256;
const chunkBytes = 1 << 20;
const quote = 34;
const lineFeed = 10;

/** Where rows begin in a file, one of every `markEvery`, so that a page is read without what lies before it. */
interface Marks {
  readonly key: string;
  readonly starts: readonly number[];
  readonly bytes: number;
  readonly total: number;
}

/** The file that was looked at last: one scrolls through one file at a time. */
let known: Marks | null = null;

/** Some rows of the file of what an import rejected; no row of it is left out, however many there are. */
export async function rejectPage(path: string, offset: number, limit: number): Promise<TablePage> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const { size, mtimeMs } = await file.stat();
    const key = `${path} ${size} ${mtimeMs}`;
    const marks = known?.key === key ? known : await marksOf(file, key);
    known = marks;
    const end = Math.min(offset + limit, marks.total);
    if (offset >= end) return { columns, rows: [], total: marks.total };
    const first = Math.floor(offset / markEvery);
    const from = marks.starts[first];
    const until = marks.starts[Math.ceil(end / markEvery)] ?? marks.bytes;
    const bytes = Buffer.alloc(until - from);
    await file.read(bytes, 0, bytes.length, from);
    const rows = recordsOf(bytes.toString('utf8')).slice(offset - first * markEvery, end - first * markEvery);
    return {
      columns,
      rows: rows.map(([source, line, ...rest]) => [source, Number(line), ...rest]),
      total: marks.total,
    };
  } catch (thrown) {
    throw explain(thrown, path);
  } finally {
    await file?.close();
  }
}

/** Goes through the file once. A line feed ends a row unless an odd number of quotation marks came before it. */
async function marksOf(file: FileHandle, key: string): Promise<Marks> {
  const chunk = Buffer.alloc(chunkBytes);
  const starts: number[] = [];
  let [at, records, quoted] = [0, 0, false];
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, at);
    if (bytesRead === 0) break;
    for (let i = 0; i < bytesRead; i++) {
      const byte = chunk[i];
      if (byte === quote) quoted = !quoted;
      else if (byte === lineFeed && !quoted && records++ % markEvery === 0) starts.push(at + i + 1);
    }
    at += bytesRead;
  }
  if (quoted || records === 0) throw badInput('is no list of rejected rows: a row is cut short', key.split(' ')[0]);
  return { key, starts, bytes: at, total: records - 1 };
}

/** Rows of CSV with CRLF line ends, as RejectFile writes them. */
function recordsOf(text: string): string[][] {
  const fields = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n)/gy;
  const rows: string[][] = [];
  let row: string[] = [];
  for (let match = fields.exec(text); match !== null; match = fields.exec(text)) {
    row.push(asItWas(match[1]?.replaceAll('""', '"') ?? match[2]));
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
