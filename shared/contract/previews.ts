import type { ColumnProfile, TablePage } from './datasets.ts';
import type { PortType } from './values.ts';

export interface PreviewOptions {
  readonly run: string;
  readonly node: string;
  /** Output port; the first where absent. */
  readonly port?: string;
  /** One of the tables of the value; the first where absent. */
  readonly table?: string;
  readonly offset: number;
  readonly limit: number;
}

/** What a finished run left at a port, as a person reads it: a page of rows, never the arrays themselves. */
export interface ValuePreview extends TablePage {
  readonly port: string;
  readonly type: PortType;
  /** Sizes and origins of the value: "labelling", "vectors", "state". */
  readonly facts: readonly (readonly [string, string | number])[];
  readonly tables: readonly { readonly id: string; readonly title: string; readonly rows: number }[];
  /** The table that the rows are of; empty where the value has none. */
  readonly table: string;
  /** One per column, in their order, counted over `counted` evenly spaced rows. */
  readonly profiles: readonly ColumnProfile[];
  readonly counted: number;
}
