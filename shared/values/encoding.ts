import type { CategoryColumn, Feature, NumberColumn, TagsColumn, VectorColumn } from '#shared/contract/values.ts';
import type { SparseRows } from '#shared/kernels/sparse.ts';

/** How one feature becomes columns of a sparse matrix; learned from training rows, plain data. */
export type EncodedField = {
  readonly name: string;
  readonly kind: 'category' | 'tags' | 'number' | 'vector';
  /** First column of the field, and how many it has. Column 0 of a field stands for "missing or not met in training". */
  readonly first: number;
  readonly columns: number;
  /** category, tags: column within the field of each code. Empty for the others. */
  readonly columnOf: Int32Array;
  /** number: inner edges of its buckets, ascending. Column 1 holds the standardised value, columns 2 and up the buckets. */
  readonly edges: Float64Array;
  /** number, vector: what is taken off and divided by; one per number of a vector. */
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
};

/** How features become rows for linear models, factorization machines and networks. */
export type Encoding = {
  readonly fields: readonly EncodedField[];
  /** Columns of all fields together. */
  readonly columns: number;
  /** Names of features that were left out: free text and the like. */
  readonly leftOut: readonly string[];
};

export interface EncodingSettings {
  /** Names met in fewer training rows share the column of unknown names. */
  readonly minimumCount: number;
  /** Quantile buckets that a number is put into beside its standardised value; below 2 for none. */
  readonly buckets: number;
}

type Field = Omit<EncodedField, 'name' | 'first'>;

/** Standardised values beyond this many deviations are cut off, so that one odd value cannot rule a score. */
const widest = 5;

/** Rows encoded between two looks at the progress: some 50 ms. */
const rowsBetween = 20_000;

/** Learns the encoding of features from some of their rows (the training part): nothing of other rows is looked at. */
export function fitEncoding(features: readonly Feature[], rows: Int32Array, settings: EncodingSettings): Encoding {
  const fields: EncodedField[] = [];
  const leftOut: string[] = [];
  let first = 0;
  for (const { name, column } of features) {
    const field = fitField(column, rows, settings);
    if (field === null) leftOut.push(name);
    else {
      fields.push({ name, first, ...field });
      first += field.columns;
    }
  }
  return { fields, columns: first, leftOut };
}

function fitField(column: Feature['column'], rows: Int32Array, settings: EncodingSettings): Field | null {
  switch (column.kind) {
    case 'category':
    case 'tags':
      return fitNames(column, rows, settings.minimumCount);
    case 'number':
      return fitNumber(column, rows, settings.buckets);
    case 'vector':
      return fitVector(column, rows);
    default:
      return null;
  }
}

const none = {
  columnOf: new Int32Array(0),
  edges: new Float64Array(0),
  mean: new Float64Array(0),
  deviation: new Float64Array(0),
};

function fitNames(column: CategoryColumn | TagsColumn, rows: Int32Array, minimumCount: number): Field {
  const counts = new Int32Array(column.names.length);
  for (const row of rows) {
    if (column.kind === 'category') {
      if (column.codes[row] >= 0) counts[column.codes[row]]++;
    } else for (let at = column.offsets[row]; at < column.offsets[row + 1]; at++) counts[column.codes[at]]++;
  }
  let columns = 1;
  const columnOf = counts.map((count) => (count >= Math.max(1, minimumCount) ? columns++ : 0));
  return { ...none, kind: column.kind, columns, columnOf };
}

function fitNumber(column: NumberColumn, rows: Int32Array, buckets: number): Field {
  const known = Float64Array.from(rows, (row) => column.values[row]).filter((value) => Number.isFinite(value));
  const { mean, deviation } = moments(known);
  known.sort();
  const edges: number[] = [];
  for (let b = 1; b < buckets && known.length > 0; b++) {
    const edge = known[Math.floor((b * known.length) / buckets)];
    if (edge > known[0] && edge !== edges[edges.length - 1]) edges.push(edge);
  }
  return {
    ...none,
    kind: 'number',
    columns: edges.length === 0 ? 2 : 3 + edges.length,
    edges: Float64Array.from(edges),
    mean: Float64Array.of(mean),
    deviation: Float64Array.of(deviation),
  };
}

function fitVector(column: VectorColumn, rows: Int32Array): Field {
  const mean = new Float64Array(column.width);
  const deviation = new Float64Array(column.width);
  for (let d = 0; d < column.width; d++) {
    const found = moments(
      Float64Array.from(rows, (row) => column.values[row * column.width + d]).filter((value) => Number.isFinite(value)),
    );
    mean[d] = found.mean;
    deviation[d] = found.deviation;
  }
  return { ...none, kind: 'vector', columns: 1 + column.width, mean, deviation };
}

function moments(values: Float64Array): { mean: number; deviation: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = values.length === 0 ? 0 : sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = values.length === 0 ? 1 : Math.sqrt(squares / values.length);
  return { mean, deviation: deviation > 1e-12 ? deviation : 1 };
}

/**
 * Rows of features as a sparse matrix: one-hot names, multi-hot tags, standardised numbers with their buckets.
 * Features are found by name; one that is absent counts as missing. The n tags of a row count n^-tagPower each:
 * 0 for 1 each, 1 for their mean. `between` is called from time to time with the share done: a place to report and to throw.
 */
export function encodeRows(
  encoding: Encoding,
  features: readonly Feature[],
  rows: number,
  tagPower: number,
  between?: (share: number) => void,
): SparseRows {
  const columns = encoding.fields.map(
    ({ name, kind }) => features.find((feature) => feature.name === name && feature.column.kind === kind)?.column,
  );
  const cells = new Cells(rows, encoding.fields.length);
  for (let row = 0; row < rows; row++) {
    if (row % rowsBetween === 0) between?.(row / rows);
    for (let f = 0; f < encoding.fields.length; f++) {
      const field = encoding.fields[f];
      const column = columns[f];
      if (column === undefined) cells.add(field.first, 1);
      else if (column.kind === 'category') cells.add(field.first + nameColumn(field, column.codes[row]), 1);
      else if (column.kind === 'tags') addTags(cells, field, column, row, tagPower);
      else if (column.kind === 'number') addNumber(cells, field, column.values[row]);
      else if (column.kind === 'vector') addVector(cells, field, column, row);
    }
    cells.endRow(row);
  }
  return cells.finish(rows, encoding.columns);
}

/** Number of the field of each column. */
export function fieldOfColumns(encoding: Encoding): Int32Array {
  const fieldOf = new Int32Array(encoding.columns);
  encoding.fields.forEach(({ first, columns }, f) => fieldOf.fill(f, first, first + columns));
  return fieldOf;
}

/** What each column stands for: "item.genres = Drama", "user.age", "user.age in [20, 30)", "item.id unknown". */
export function columnTitles(encoding: Encoding, features: readonly Feature[]): string[] {
  const titles = new Array<string>(encoding.columns);
  for (const { name, kind, first, columns, columnOf, edges } of encoding.fields) {
    titles[first] = `${name} unknown`;
    const column = features.find((feature) => feature.name === name)?.column;
    if (column?.kind === 'category' || column?.kind === 'tags') {
      columnOf.forEach((at, code) => {
        if (at > 0) titles[first + at] = `${name} = ${column.names[code]}`;
      });
    } else if (kind === 'number') {
      titles[first + 1] = name;
      for (let b = 2; b < columns; b++) titles[first + b] = `${name} ${bucketTitle(edges, b - 2)}`;
    } else for (let d = 1; d < columns; d++) titles[first + d] = `${name}[${d - 1}]`;
  }
  return titles;
}

function bucketTitle(edges: Float64Array, bucket: number): string {
  if (bucket === 0) return `below ${edges[0]}`;
  if (bucket === edges.length) return `from ${edges[bucket - 1]}`;
  return `in [${edges[bucket - 1]}, ${edges[bucket]})`;
}

/** Code -1, and a code of a name that came after the encoding was learned, are unknown. */
function nameColumn(field: EncodedField, code: number): number {
  return code >= 0 && code < field.columnOf.length ? field.columnOf[code] : 0;
}

function addTags(cells: Cells, field: EncodedField, column: TagsColumn, row: number, tagPower: number): void {
  const count = column.offsets[row + 1] - column.offsets[row];
  if (count === 0) return cells.add(field.first, 1);
  const value = tagPower === 0 ? 1 : count ** -tagPower;
  for (let at = column.offsets[row]; at < column.offsets[row + 1]; at++) {
    cells.addSorted(field.first + nameColumn(field, column.codes[at]), value);
  }
}

function addNumber(cells: Cells, field: EncodedField, value: number): void {
  if (!Number.isFinite(value)) return cells.add(field.first, 1);
  cells.add(field.first + 1, standardised(value, field.mean[0], field.deviation[0]));
  if (field.edges.length === 0) return;
  let bucket = 0;
  while (bucket < field.edges.length && value >= field.edges[bucket]) bucket++;
  cells.add(field.first + 2 + bucket, 1);
}

function addVector(cells: Cells, field: EncodedField, column: VectorColumn, row: number): void {
  for (let d = 0; d < column.width; d++) {
    const value = column.values[row * column.width + d];
    if (Number.isFinite(value)) cells.add(field.first + 1 + d, standardised(value, field.mean[d], field.deviation[d]));
  }
}

function standardised(value: number, mean: number, deviation: number): number {
  return Math.max(-widest, Math.min(widest, (value - mean) / deviation));
}

/** Cells of a sparse matrix, row by row. */
class Cells {
  private readonly starts: Int32Array;
  private columns: Int32Array;
  private values: Float32Array;
  private size = 0;
  private rowStart = 0;

  constructor(rows: number, fields: number) {
    this.starts = new Int32Array(rows + 1);
    this.columns = new Int32Array(Math.max(16, rows * fields));
    this.values = new Float32Array(this.columns.length);
  }

  add(column: number, value: number): void {
    if (this.size === this.columns.length) this.grow();
    this.columns[this.size] = column;
    this.values[this.size++] = value;
  }

  /** Puts a cell before those of its row with larger columns; equal columns become one cell with the sum. */
  addSorted(column: number, value: number): void {
    let at = this.size;
    while (at > this.rowStart && this.columns[at - 1] > column) at--;
    if (at > this.rowStart && this.columns[at - 1] === column) {
      this.values[at - 1] += value;
      return;
    }
    this.add(column, value);
    this.columns.copyWithin(at + 1, at, this.size - 1);
    this.values.copyWithin(at + 1, at, this.size - 1);
    this.columns[at] = column;
    this.values[at] = value;
  }

  endRow(row: number): void {
    this.starts[row + 1] = this.size;
    this.rowStart = this.size;
  }

  finish(rows: number, cols: number): SparseRows {
    return {
      rows,
      cols,
      starts: this.starts,
      columns: this.columns.slice(0, this.size),
      values: this.values.slice(0, this.size),
    };
  }

  private grow(): void {
    const columns = new Int32Array(this.columns.length * 2);
    columns.set(this.columns);
    this.columns = columns;
    const values = new Float32Array(columns.length);
    values.set(this.values);
    this.values = values;
  }
}
