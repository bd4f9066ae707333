/**
 * The values that travel over the wires of a board. All are plain data: numbers, strings, arrays, typed arrays and
 * records of these, so that every value can be stored, hashed, and handed to another thread without knowing what it is.
 * Values are shared, hence never changed after they were made: copy what you change.
 */

/** Numbers; NaN (or, in an Int32Array, never) where missing. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float32Array | Float64Array | Int32Array;
}

/** One of a list of names; code -1 where missing. */
export interface CategoryColumn {
  readonly kind: 'category';
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

/** Any number of names per row: row r has codes[offsets[r]] up to, not including, codes[offsets[r + 1]]. */
export interface TagsColumn {
  readonly kind: 'tags';
  readonly offsets: Int32Array;
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

/** Free text; empty where missing. */
export interface TextColumn {
  readonly kind: 'text';
  readonly values: readonly string[];
}

/** A vector of `width` numbers per row, row-major. */
export interface VectorColumn {
  readonly kind: 'vector';
  readonly width: number;
  readonly values: Float32Array;
}

/**
 * Cross-fitted target statistics of an entity (a user, an item, a value of a column), kept as sums so that a training
 * row can be encoded without itself: row r of the events belongs to fold r % folds. For a training event of fold f the
 * encoding of entity e is (S_e - S_ef + m·prior) / (N_e - N_ef + m), for every other row (S_e + m·prior) / (N_e + m).
 */
export interface TargetColumn {
  readonly kind: 'target';
  readonly folds: number;
  /** Sum of labels of entity e in fold f at [e * folds + f]. */
  readonly sums: Float64Array;
  /** Number of labels of entity e in fold f at [e * folds + f]. */
  readonly counts: Float64Array;
  readonly prior: number;
  /** m: how many prior observations an entity starts with. */
  readonly smoothing: number;
}

export type Column = NumberColumn | CategoryColumn | TagsColumn | TextColumn | VectorColumn | TargetColumn;

/** Named columns of equal length. */
export interface Table {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Users or items: position in `ids` is the index used everywhere else. The table has one row per id. */
export interface Entities {
  readonly ids: readonly string[];
  readonly table: Table;
}

/** What users did: row by row, in the order of the data set. */
export interface Events {
  readonly user: Int32Array;
  readonly item: Int32Array;
  /** Unix time in seconds; NaN where the data set has none. */
  readonly time: Float64Array;
  /** Rating, weight or amount; 1 where the data set has none. */
  readonly value: Float32Array;
  /** Further columns, such as the type of event, the device, the price paid. */
  readonly table: Table;
}

/** What was shown to users, and what came of it. */
export interface Impressions {
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly time: Float64Array;
  /** Which request an impression belongs to; -1 where unknown. */
  readonly request: Int32Array;
  /** Position in the list, from 1; 0 where unknown. */
  readonly position: Int32Array;
  /** Probability with which the logging policy showed this item at this position; NaN where unknown. */
  readonly propensity: Float64Array;
  /** 1 clicked, 0 not. */
  readonly click: Float32Array;
  readonly table: Table;
}

/** One flat table of labelled examples. */
export interface LabelledRows {
  readonly label: Float32Array;
  /** The query or user a row belongs to, from 0, in order of first appearance; null where there are none. */
  readonly group: Int32Array | null;
  readonly time: Float64Array | null;
  /** 0 train, 1 validation, 2 test, as the data set prescribes; null where it does not. */
  readonly part: Uint8Array | null;
  /** The features. */
  readonly table: Table;
}

/** Which column plays which part: keys as in roles.ts, values are column names. */
export type RoleMap = Readonly<Record<string, string>>;

/** Tastes that a generator planted: the inner product of a user's and an item's vector says how much the user likes the item. */
export interface Truth {
  readonly users: VectorColumn;
  readonly items: VectorColumn;
}

export interface Dataset {
  readonly type: 'dataset';
  /** users, items and events; or one flat table of labelled examples. */
  readonly shape: 'events' | 'examples';
  readonly name: string;
  /** Digest of the content: equal data, equal fingerprint. */
  readonly fingerprint: string;
  readonly users: Entities;
  readonly items: Entities;
  readonly events: Events;
  readonly impressions: Impressions | null;
  readonly examples: LabelledRows | null;
  readonly roles: RoleMap;
  /** What only the maker of a synthetic world knows; absent or null in all other data. For simulators: what learns must not look. */
  readonly truth?: Truth | null;
}

/** For whom lists are asked: one row per request. */
export interface Requests {
  readonly user: Int32Array;
  /** When: Unix seconds, the time of the first held-out event; NaN where the data set has no time. */
  readonly time: Float64Array;
  /** 1 for the validation part (train is hidden from the list), 2 for the test part (train and validation are hidden). */
  readonly part: Uint8Array;
}

export interface Protocol {
  /** For people: "random per user, 80/10/10". */
  readonly name: string;
  /** Whether training rows may be later than test rows. */
  readonly leaksFuture: boolean;
  /** Users with no held-out positive, hence without a request. */
  readonly usersWithoutPositives: number;
}

/** Two columns taken together, as one category: hashed into `buckets`. */
export interface Cross {
  readonly name: string;
  /** As "user.gender", "item.genres", "event.device", "row.column". */
  readonly left: string;
  readonly right: string;
  readonly buckets: number;
}

/** A data set divided into what may be learned from and what is asked. */
export interface Split {
  readonly type: 'split';
  readonly dataset: Dataset;
  readonly protocol: Protocol;
  /** Row numbers of the events (shape 'events') or of the examples (shape 'examples'), ascending. */
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
  /** Validation requests first, then test requests; each part ordered by user index. Empty for shape 'examples'. */
  readonly requests: Requests;
  readonly crosses: readonly Cross[];
}

/**
 * Items for each request, best first. `candidates` may still be scored and cut; a `list` is what is shown, in order.
 * Request r has items[offsets[r]] up to, not including, items[offsets[r + 1]].
 */
export interface Candidates {
  readonly type: 'candidates' | 'list';
  readonly split: Split;
  readonly requests: Requests;
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  /** Not increasing within a request, except in a list whose order is not by score. */
  readonly scores: Float32Array;
  /** Names of the retrievers that contributed, at most 32. */
  readonly sources: readonly string[];
  /** Bit s is set where source s proposed the item. */
  readonly source: Uint32Array;
  /** Probability with which an exploring policy chose the item at its place; null where nothing explored. */
  readonly propensity: Float32Array | null;
  /** Why an item is where it is: an index into `reasons` per item; null where nothing says. */
  readonly reason: Uint8Array | null;
  readonly reasons: readonly string[];
}

/** One feature of labelled examples, and where it comes from, so that it can be built again for a candidate. */
export interface Feature {
  /** As "user.id", "item.genres", "event.device", "pair.score", "cross.gender-genre", "row.column". */
  readonly name: string;
  readonly from: 'user' | 'item' | 'event' | 'pair' | 'cross' | 'row';
  /** One entry per example. Never a TargetColumn: those are resolved to numbers. */
  readonly column: Column;
}

/** Rows to learn ranking from, and to be scored. */
export interface Examples {
  readonly type: 'examples';
  readonly split: Split;
  readonly rows: number;
  readonly features: readonly Feature[];
  readonly label: Float32Array;
  /** 0 train, 1 validation, 2 test. */
  readonly part: Uint8Array;
  readonly weight: Float32Array | null;
  /** The request, query or user that rows are ranked within; rows of a group are adjacent. Null where there is none. */
  readonly group: Int32Array | null;
  /** User and item of a row; null for flat tables. */
  readonly user: Int32Array | null;
  readonly item: Int32Array | null;
  readonly time: Float64Array | null;
  /** How the labels came about, for people: "rating at least 4", "impressions", "1 positive to 4 sampled negatives". */
  readonly labelling: string;
  /** Score of each row by the ranker that made this value; null before ranking. */
  readonly prediction: Float32Array | null;
  /** Whether `prediction` is a probability. */
  readonly probability: boolean;
}

/** Vectors whose inner product is the score of an item for a user. */
export interface Vectors {
  readonly width: number;
  /** users × width, row-major; row of zeros where a user is unknown. */
  readonly users: Float32Array;
  /** items × width, row-major. */
  readonly items: Float32Array;
}

/** A trained model as handed from one node to another. */
export interface Model {
  readonly type: 'model';
  /** Component that trained it. */
  readonly component: string;
  readonly split: Split;
  readonly vectors: Vectors | null;
}

/** Where a number comes from (design: measured, not assumed). */
export type Origin = 'measured' | 'estimated' | 'assumed' | 'simulated' | 'replayed';

export interface MetricValue {
  /** Null where it is not defined (nobody to average over, one class only). */
  readonly value: number | null;
  /** 95 % interval; null where none was computed. */
  readonly low: number | null;
  readonly high: number | null;
  /** How many users, rows or queries it is taken over. */
  readonly n: number;
}

export type MetricValues = Readonly<Record<string, MetricValue>>;

/** A curve or distribution for people to look at. */
export interface Plot {
  readonly id: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly mark: 'line' | 'bar' | 'point' | 'area';
  readonly series: readonly {
    readonly name: string;
    readonly x: readonly (number | string)[];
    readonly y: readonly number[];
    readonly low?: readonly number[];
    readonly high?: readonly number[];
  }[];
}

/** A small table for people to read. */
export interface Sheet {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export interface Metrics {
  readonly type: 'metrics';
  readonly origin: Origin;
  /** Keys as "ndcg@10", "auc", "recall@100"; dialects carry their name: "ndcg-exponential@10". */
  readonly metrics: MetricValues;
  /** The same metrics of the baselines, by baseline: "popularity", "ease". */
  readonly baselines: Readonly<Record<string, MetricValues>>;
  /** The same metrics over parts of the users or items, by slice: "activity: top third". */
  readonly slices: Readonly<Record<string, MetricValues>>;
  /** Per-user values, for paired comparison: user index, and one value per metric and user. */
  readonly users: Int32Array;
  readonly perUser: Readonly<Record<string, Float32Array>>;
  readonly plots: readonly Plot[];
  readonly sheets: readonly Sheet[];
}

export type Value = Dataset | Split | Candidates | Examples | Model | Metrics;
export type PortType = Value['type'];

/** What may be in a value or a component's state: plain data with typed arrays at the leaves. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint32Array
  | Uint16Array
  | Int16Array
  | Uint8Array
  | Int8Array
  | readonly Plain[]
  | { readonly [key: string]: Plain };
