import type { LoggedRows } from './logged-rows.ts';

/** Clicks expected of an item at a place: examination of the place times attraction of the item. */
export type Attraction = (item: number) => number;

/** What a policy does further down a list, given what stands above. */
export interface SequencePolicy {
  /** π_e of the logged sequence down to the place of each row. */
  readonly probability: Float64Array;
  /** Σ over items of π_e given the logged items above, times attraction; 0 where the policy would never have shown those. */
  expects(row: number, attraction: Attraction): number;
}

/** A policy as it is judged from a log. */
export interface JudgedPolicy {
  readonly name: string;
  readonly rows: LoggedRows;
  /** π_e of the logged item at its place. */
  readonly evaluated: Float64Array;
  /** The policy as it goes down a list; null where nobody knows. */
  readonly sequence: SequencePolicy | null;
  /** Σ over items of π_e times attraction, at the place of a row: what a reward model expects of the policy there. */
  expects(row: number, attraction: Attraction): number;
  /** What the policy earned where it was shown itself, row by row; null where it never was. */
  readonly shown: { readonly clicks: Float64Array; readonly cluster: Int32Array; readonly clusters: number } | null;
}
