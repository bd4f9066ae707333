export interface ColumnProfile {
  readonly name: string;
  readonly type: string;
  readonly role: string | null;
  readonly nulls: number;
  readonly distinct: number | null;
  readonly minimum: number | string | null;
  readonly maximum: number | string | null;
  readonly mean: number | null;
  /** Most frequent values with their counts. */
  readonly top: readonly (readonly [string, number])[];
  /** Counts over equal-width bins from minimum to maximum; empty for text. */
  readonly histogram: readonly number[];
}

export interface TableProfile {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

export interface DatasetProfile {
  readonly path: string;
  readonly name: string;
  readonly shape: 'events' | 'examples';
  readonly fingerprint: string;
  readonly tables: readonly TableProfile[];
  readonly roles: Readonly<Record<string, string>>;
  readonly users: number;
  readonly items: number;
  readonly events: number;
  readonly impressions: number;
  readonly examples: number;
  /** Events equal to an earlier one in user, item, time and value. */
  readonly duplicates: number;
  /** Share of the user-item matrix that is empty; null for flat tables. */
  readonly sparsity: number | null;
  /** Unix seconds. */
  readonly timeRange: readonly [number, number] | null;
  /** Share of events on the most popular 1, 10 and 20 % of items. */
  readonly longTail: {
    readonly top1: number;
    readonly top10: number;
    readonly top20: number;
    readonly gini: number;
  } | null;
  readonly warnings: readonly string[];
}

/** What can be imported. Delimited text of any kind is csv: what divides its fields is found out. */
export const importFormats = [
  'ml-100k',
  'movielens',
  'recbole',
  'csv',
  'parquet',
  'jsonl',
  'libsvm',
  'sqlite',
] as const;
export type ImportFormat = (typeof importFormats)[number];

export interface ImportOptions {
  readonly path: string;
  readonly format: ImportFormat;
  readonly out: string;
  /** role → column. */
  readonly map: Readonly<Record<string, string>>;
}

/** What files hold, before they are imported: their tables with columns and first rows. */
export interface SourcePreview {
  readonly tables: readonly {
    readonly name: string;
    /** Role where the format itself says so. */
    readonly columns: readonly { readonly name: string; readonly role: string | null }[];
    readonly rows: readonly (readonly (string | number | null)[])[];
  }[];
  readonly notes: readonly string[];
}

export interface ImportReport {
  readonly out: string;
  readonly shape: 'events' | 'examples';
  readonly fingerprint: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsRejected: number;
  readonly rejectFile: string | null;
  /** The first of them, as "file, line 12: reason". */
  readonly rejects?: readonly string[];
  /** Rows per table written. */
  readonly tables: Readonly<Record<string, number>>;
  readonly encoding: string;
  readonly warnings: readonly string[];
  readonly seconds: number;
}

export interface GenerateOptions {
  readonly recipe: string;
  readonly out: string;
  readonly users?: number;
  readonly items?: number;
  readonly events?: number;
  readonly days?: number;
  readonly seed?: number;
}

export interface TablePage {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly total: number;
}
