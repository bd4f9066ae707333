import { existsSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { datasetFolders, failureOf } from '../../../../test/support/dataset-folder.ts';

const folder = datasetFolders();

/** Three rows of user and item with two bytes damaged: the decoder goes round in it for ever. */
const endless = Buffer.from(
  [
    'UEFSMRUGFSIVJlwVBhUAFQYVABUEFQAAAAMHDzgBAAAAYQEAAABiAQAAAGMVBhU0FSxcFQYVAAAVBhUAFQQVAAAAAwcYBAEACQEA',
    'AgkHIAADAAAAAAAAABUEGTxIBHJvb3QVBAAVDCUCGAR1c2VyJQAAFQQlAhgEaXRlbQAWBhkcGSwmCBwVDBkVABkYBHVzZXIVAhYG',
    'FkwWUCYIPDYAKAFjGAFhABkcFQYVABUCAAAAJlgcFQQZFQAZGARpdGVtFQIWBhZeFlYmWDw2ACgIAwAAAAAAAAAYCAEAAAAAAAAA',
    'ABkcFQYVABUCAAAAFqoBFgY2pgEAKAloeXBhcnF1ZXQZLBwAABwAAACyAAAAUEFSMQ==',
  ].join(''),
  'base64',
);

it('gives up a file whose decoder comes to no end', async () => {
  const data = folder();
  const failure = await failureOf(data.import('e.parquet', endless, { patienceMillis: 3000 }));
  expect([failure.code, failure.message]).toEqual(['bad-input', 'cannot be decoded: its decoder came to no end']);
  expect(existsSync(data.out)).toBe(false);
});

it('is cancelled while the decoder does not return', async () => {
  const data = folder();
  const cancel = new AbortController();
  setTimeout(() => cancel.abort(), 1200);
  const failure = await failureOf(
    data.import('e.parquet', endless, { patienceMillis: 600_000, signal: cancel.signal }),
  );
  expect(failure.code).toBe('cancelled');
});

it('refuses a column that is shorter than its row group says', async () => {
  const data = folder();
  const metadata = new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'user', data: ['a', 'b'], type: 'STRING' },
        { name: 'item', data: ['x', 'y'], type: 'STRING' },
      ],
    }),
  );
  // Both counts of rows are zigzag 2 (4) in the footer, behind their thrift headers; the last is the row group's.
  const at = metadata.lastIndexOf(0x04, metadata.length - 9);
  expect(at).toBeGreaterThan(0);
  metadata[at] = 0x06;
  const failure = await failureOf(data.import('e.parquet', metadata));
  expect(failure.message).toMatch(/has 2 of 3 values|cannot be decoded/);
});
