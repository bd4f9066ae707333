import type { Column } from '#shared/contract/values.ts';

/** What is known of a column without looking at its rows. */
export interface ColumnProfile {
  readonly name: string;
  /** The part it plays in the data set; null for a further column. */
  readonly role: string | null;
  readonly kind: Column['kind'] | 'id' | 'time';
  readonly missing: number;
  /** Number of different values; null for free text and where there are too many numbers to count. */
  readonly distinct: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly mean: number | null;
  /** Most frequent values with their counts, of ids, categories and tags. */
  readonly top: readonly (readonly [string, number])[];
  /** Counts over equal-width bins from minimum to maximum, of numbers and times. */
  readonly histogram: readonly number[];
}
