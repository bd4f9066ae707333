import { statSync } from 'node:fs';
import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { badInput, explain, throwIfCancelled } from '../failures.ts';
import {
  batchRows,
  type Cell,
  type Reading,
  type RowBatch,
  type SourceColumn,
  type TableName,
  type TableSource,
} from '../rows.ts';
import { columnNames } from './column-names.ts';

const listSeparator = '|';

/** A table of a Parquet file. Flat columns and lists of scalars are taken; deeper structures are kept as JSON text. */
export async function openParquet(path: string, table: TableName): Promise<TableSource> {
  const bytes = statSync(path).size;
  if (bytes === 0) throw badInput('is empty (0 bytes)', path);
  let file: AsyncBuffer;
  let metadata: FileMetaData;
  try {
    file = await asyncBufferFromFile(path);
    metadata = await parquetMetadataAsync(file);
  } catch (thrown) {
    if (isSystemError(thrown)) throw explain(thrown, path);
    throw badInput(`is not a Parquet file, or is cut short (${reason(thrown)})`, path);
  }
  const children = parquetSchema(metadata).children;
  const keys = children.map((child) => child.element.name);
  const { names } = columnNames(keys);
  const columns: SourceColumn[] = names.map((name, at) =>
    children[at].children.length > 0 ? { name, kind: 'tags', separator: listSeparator } : { name },
  );
  return { table, path, bytes, columns, typed: true, rows: (reading) => readRows(path, file, metadata, keys, reading) };
}

async function* readRows(
  path: string,
  file: AsyncBuffer,
  metadata: FileMetaData,
  keys: readonly string[],
  reading: Reading,
): AsyncGenerator<RowBatch> {
  let groupStart = 0;
  for (const group of metadata.row_groups) {
    throwIfCancelled(reading.signal);
    const groupRows = Number(group.num_rows);
    const read = await readGroup(path, file, metadata, groupStart, groupStart + groupRows);
    for (let start = 0; start < groupRows; start += batchRows) {
      throwIfCancelled(reading.signal);
      yield toBatch(read.slice(start, start + batchRows), keys, groupStart + start + 1, reading);
    }
    groupStart += groupRows;
    reading.advance(Number(group.total_compressed_size ?? group.total_byte_size));
  }
}

async function readGroup(
  path: string,
  file: AsyncBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<Record<string, unknown>[]> {
  try {
    return await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors });
  } catch (thrown) {
    if (isSystemError(thrown)) throw explain(thrown, path);
    throw badInput(`cannot be decoded from row ${rowStart + 1} on (${reason(thrown)})`, path);
  }
}

function toBatch(
  rows: readonly Record<string, unknown>[],
  keys: readonly string[],
  firstRow: number,
  reading: Reading,
): RowBatch {
  const lines: number[] = [];
  const columns: Cell[][] = keys.map(() => []);
  rows.forEach((row, at) => {
    const cells = keys.map((key) => toCell(row[key]));
    const odd = cells.findIndex((cell) => typeof cell === 'number' && !Number.isFinite(cell));
    if (odd !== -1) {
      reading.reject(firstRow + at, `${keys[odd]} is not a finite number`, cells.join(','));
      return;
    }
    lines.push(firstRow + at);
    cells.forEach((cell, c) => columns[c].push(cell));
  });
  return { rows: lines.length, lines, columns };
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

function reason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown);
}

/** Whether the operating system said so, rather than the decoder. */
function isSystemError(thrown: unknown): boolean {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code);
}
