// A thread that decodes one Parquet file, row group by row group, as it is asked. The decoder never yields and trusts
// what the file says of itself: in a thread of its own it can be ended where it does not come to an end.
import { parentPort, workerData } from 'node:worker_threads';
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { DecoderMessage, GroupBatch } from './parquet-messages.ts';
import { batchRowsOf, type Cell } from '../rows.ts';

/** What stands between the elements of a list. */
const listSeparator = '|';

type Values = ArrayLike<unknown>;

const port = parentPort;
if (port === null) throw new Error('parquet-decoder.ts runs in a worker thread only');
const path = workerData as string;

function say(message: DecoderMessage): void {
  port?.postMessage(message);
}

/** The file; what is read of it counts as progress. */
async function openFile(): ReturnType<typeof asyncBufferFromFile> {
  const file = await asyncBufferFromFile(path);
  return {
    byteLength: file.byteLength,
    async slice(start, end) {
      say({ type: 'alive' });
      return file.slice(start, end);
    },
  };
}

const file = openFile();
const metadata = file.then((opened) => parquetMetadataAsync(opened));

async function describe(): Promise<void> {
  const known = await metadata;
  const { children } = parquetSchema(known);
  say({
    type: 'opened',
    columns: children.map((child) => ({ name: child.element.name, list: child.children.length > 0 })),
    groups: known.row_groups.map((group) => ({
      rows: Number(group.num_rows),
      bytes: Number(group.total_compressed_size ?? group.total_byte_size),
    })),
  });
}

async function decode(at: number): Promise<void> {
  const known = await metadata;
  const keys = parquetSchema(known).children.map((child) => child.element.name);
  let first = 0;
  for (let before = 0; before < at; before++) first += Number(known.row_groups[before].num_rows);
  const rows = Number(known.row_groups[at].num_rows);
  const columns = await decodeColumns(known, keys, first, rows);
  const most = batchRowsOf(keys.length);
  for (let start = 0; start < rows; start += most)
    say({ type: 'batch', batch: toBatch(columns, keys, start, Math.min(rows, start + most), first) });
  say({ type: 'finished' });
}

/** The columns of a row group, each with as many values as the group has rows. */
async function decodeColumns(
  known: FileMetaData,
  keys: readonly string[],
  first: number,
  rows: number,
): Promise<Values[]> {
  const pieces = new Map<string, Values[]>(keys.map((key) => [key, []]));
  await parquetRead({
    file: await file,
    metadata: known,
    rowStart: first,
    rowEnd: first + rows,
    compressors,
    onPage({ rowEnd }) {
      say({ type: 'alive' });
      if (rowEnd > first + rows) throw new Error(`a page has more rows than the ${rows} of its row group`);
    },
    onChunk: ({ columnName, columnData }) => void pieces.get(columnName)?.push(columnData),
  });
  return keys.map((key) => {
    const found = pieces.get(key) as Values[];
    const held = found.reduce((sum, piece) => sum + piece.length, 0);
    if (held !== rows) throw new Error(`column ${key} has ${held} of ${rows} values`);
    if (found.length === 1) return found[0];
    const all: unknown[] = [];
    for (const piece of found) for (let i = 0; i < piece.length; i++) all.push(piece[i]);
    return all;
  });
}

function toBatch(
  values: readonly Values[],
  keys: readonly string[],
  start: number,
  end: number,
  first: number,
): GroupBatch {
  const lines: number[] = [];
  const columns: Cell[][] = keys.map(() => []);
  const rejects: GroupBatch['rejects'][number][] = [];
  for (let r = start; r < end; r++) {
    const cells = values.map((column) => toCell(column[r]));
    const odd = cells.findIndex((cell) => typeof cell === 'number' && !Number.isFinite(cell));
    if (odd === -1) {
      lines.push(first + r + 1);
      cells.forEach((cell, c) => columns[c].push(cell));
    } else rejects.push([first + r + 1, `${keys[odd]} is not a finite number`, cells.join(',')]);
  }
  return { rows: lines.length, lines, columns, rejects };
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return BigInt.asIntN(54, value) === value ? Number(value) : value.toString();
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null))
    return value.filter((one) => one !== null).join(listSeparator);
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner));
}

/** The system's code where the operating system said it, rather than the decoder. */
function systemCode(thrown: unknown): string | undefined {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

function fail(thrown: unknown): void {
  const what = thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown);
  say({ type: 'failed', what, code: systemCode(thrown) });
}

metadata.catch(() => undefined); // told by whoever asks
port.on('message', (group: number | null) => {
  (group === null ? describe() : decode(group)).catch(fail);
});
