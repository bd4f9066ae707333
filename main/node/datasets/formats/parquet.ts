import type { CancelSignal } from '#shared/contract/methods.ts';
import { statSync } from 'node:fs';
import { badInput, explain } from '../failures.ts';
import type { Reading, RowBatch, SourceColumn, TableName, TableSource } from '../rows.ts';
import { columnNames } from './column-names.ts';
import type { DecoderMessage, ParquetContents } from './parquet-messages.ts';
import { ParquetThread } from './parquet-thread.ts';

/** What stands between the elements of a list. */
const listSeparator = '|';
/** Milliseconds that the decoder may take for one page before its file is given up. */
const usualPatience = 15_000;

/** How a Parquet file is opened. */
export interface ParquetOptions {
  readonly patienceMillis?: number;
  readonly signal?: CancelSignal;
}

/** A table of a Parquet file. Flat columns and lists of scalars are taken; deeper structures are kept as JSON text. */
export async function openParquet(path: string, table: TableName, options: ParquetOptions = {}): Promise<TableSource> {
  const bytes = statSync(path).size;
  if (bytes === 0) throw badInput('is empty (0 bytes)', path);
  const patience = options.patienceMillis ?? usualPatience;
  const contents = await readContents(path, patience, options.signal);
  const { names } = columnNames(contents.columns.map(({ name }) => name));
  const columns: SourceColumn[] = names.map((name, at) =>
    contents.columns[at].list ? { name, kind: 'tags', separator: listSeparator } : { name },
  );
  return {
    table,
    path,
    bytes,
    columns,
    typed: true,
    rows: (reading) => readRows(path, contents, patience, reading),
  };
}

async function readContents(
  path: string,
  patience: number,
  signal: CancelSignal | undefined,
): Promise<ParquetContents> {
  const thread = new ParquetThread(path, patience, signal);
  try {
    thread.ask(null);
    const said = await thread.next();
    if (said.type === 'opened') return said;
    throw failure(said, path, 'is not a Parquet file, or is cut short');
  } finally {
    thread.close();
  }
}

async function* readRows(
  path: string,
  contents: ParquetContents,
  patience: number,
  reading: Reading,
): AsyncGenerator<RowBatch> {
  const thread = new ParquetThread(path, patience, reading.signal);
  try {
    let first = 0;
    for (const [at, group] of contents.groups.entries()) {
      thread.ask(at);
      for (let said = await thread.next(); said.type !== 'finished'; said = await thread.next()) {
        if (said.type !== 'batch') throw failure(said, path, `cannot be decoded from row ${first + 1} on`);
        for (const [line, reason, text] of said.batch.rejects) reading.reject(line, reason, text);
        yield said.batch;
      }
      first += group.rows;
      reading.advance(group.bytes);
    }
  } finally {
    thread.close();
  }
}

function failure(said: DecoderMessage, path: string, what: string): Error {
  const reason = said.type === 'failed' ? said.what : `its decoder says ${said.type}`;
  if (said.type === 'failed' && said.code !== undefined)
    return explain(Object.assign(new Error(reason), { code: said.code }), path);
  return badInput(`${what} (${reason})`, path);
}
