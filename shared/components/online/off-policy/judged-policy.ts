import type { LoggedRows } from './logged-rows.ts';

/** Clicks expected of an item at a place: examination of the place times attraction of the item. */
export type Attraction = (item: number) => number;

/** A policy as it is judged from a log. */
export interface JudgedPolicy {
  readonly name: string;
  readonly rows: LoggedRows;
  /** π_e of the logged item at its place. */
  readonly evaluated: Float64Array;
  /** π_e of the logged sequence down to the place; null where nobody knows. */
  readonly sequence: Float64Array | null;
  /** Σ over items of π_e times attraction, at the place of a row: what a reward model expects of the policy there. */
  expects(row: number, attraction: Attraction): number;
  /** What the policy earned where it was shown itself, row by row; null where it never was. */
  readonly shown: { readonly clicks: Float64Array; readonly cluster: Int32Array; readonly clusters: number } | null;
}
