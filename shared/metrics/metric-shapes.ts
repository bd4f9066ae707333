import type { MetricSpec } from '#shared/contract/metric.ts';

/** One ranked list against what its user or query finds relevant (see kernels/ranking-metrics.ts). */
export interface RankedList {
  /** Grade of the item at each rank; 0 where it is not relevant. */
  readonly gains: Float64Array;
  /** Items in the list; entries of `gains` beyond it are stale. */
  readonly length: number;
  /** Relevant items, in the list or not. */
  readonly relevant: number;
  /** Their grades, largest first. */
  readonly ideal: Float64Array;
  /** The grade from which an item is relevant. */
  readonly threshold: number;
  /** Items that could have been in the list. */
  readonly candidates: number;
}

/** Accuracy of one list at a cut-off. */
export interface AccuracyMetric extends MetricSpec {
  readonly family: 'accuracy';
  at(list: RankedList, k: number): number;
  /** Weight of a list in the mean over lists; 1 where absent. */
  weight?(list: RankedList, k: number): number;
  /** What a list with nothing relevant counts as; such lists are left out where absent. */
  readonly whenNothingRelevant?: number;
}

/** What lists are judged by apart from relevance. */
export interface ListWorld {
  /** Users known to have each item. */
  readonly popularity: Int32Array;
  readonly users: number;
  /** 1 for items of the head: the most popular ones that make up `headShare` of all events. */
  readonly head: Uint8Array;
  readonly categories: { readonly offsets: Int32Array; readonly codes: Int32Array; readonly count: number } | null;
  /** Zeros, one per category; left zero. */
  readonly scratch: Float64Array;
  /** When items appeared, Unix seconds; null where unknown. */
  readonly born: ArrayLike<number> | null;
}

/** A list as it was shown, in items[start..end), and to whom. */
export interface ShownList {
  readonly items: Int32Array;
  readonly start: number;
  readonly end: number;
  /** Grade at each rank; 0 where not relevant. */
  readonly gains: Float64Array;
  /** The user's earlier items. */
  readonly history: Int32Array;
  /** When it was shown, Unix seconds; NaN where unknown. */
  readonly time: number;
}

export type Need = 'categories' | 'created';

/** A property of one list; NaN where it is not defined for it. */
export interface ListMetric extends MetricSpec {
  readonly family: 'beyond';
  readonly needs?: readonly Need[];
  ofList(list: ShownList, world: ListWorld): number;
}

/** A property of all lists together: how often each item of the catalogue was shown. */
export interface ExposureMetric extends MetricSpec {
  readonly family: 'beyond';
  ofExposure(exposure: Float64Array): number;
}

/** Scored examples, largest score first; row i counts weights[i] times. */
export interface ScoredRows {
  readonly scores: Float64Array;
  /** 1 for a positive example, 0 for others. */
  readonly labels: Uint8Array;
  /** The labels as they are: grades or amounts. */
  readonly targets: Float64Array;
  readonly weights: Float64Array;
  /** Whether scores are probabilities. */
  readonly probability: boolean;
  /** Log loss of each row in nats; empty where scores are no probabilities. */
  readonly losses: Float64Array;
  /** Calibration bin of each row, of equal width and of equal size; empty where scores are no probabilities. */
  readonly widthBins: Uint16Array;
  readonly massBins: Uint16Array;
  readonly bins: number;
  /** Scores from here on are predicted positive. */
  readonly threshold: number;
}

/** A number over all scored examples. */
export interface RowsMetric extends MetricSpec {
  readonly family: 'prediction';
  /** Only for probabilities. */
  readonly probability?: boolean;
  /** Whether it looks at each row's label as it is: rows must not be taken together. */
  readonly rowwise?: boolean;
  /** Whether it is named after the threshold, as "f1@0.5". */
  readonly thresholded?: boolean;
  ofRows(rows: ScoredRows): number;
}

/** A weighted mean over users or queries of the AUC within each. */
export interface GroupAucMetric extends MetricSpec {
  readonly family: 'prediction';
  readonly weighting: 'uniform' | 'positives' | 'examples';
}
