import type { RowBatch } from '../rows.ts';

/** Some rows of a row group, and those of them that cannot be taken: line, reason, text. */
export interface GroupBatch extends RowBatch {
  readonly rejects: readonly (readonly [number, string, string])[];
}

/** What a Parquet file says of itself. */
export interface ParquetContents {
  readonly columns: readonly { readonly name: string; readonly list: boolean }[];
  readonly groups: readonly { readonly rows: number; readonly bytes: number }[];
}

/** What the decoder thread says. It is asked with the number of a row group, or null for the contents. */
export type DecoderMessage =
  | { readonly type: 'alive' }
  | ({ readonly type: 'opened' } & ParquetContents)
  | { readonly type: 'batch'; readonly batch: GroupBatch }
  | { readonly type: 'finished' }
  | { readonly type: 'failed'; readonly what: string; readonly code: string | undefined };
