import { RunboardError } from '#shared/contract/failure.ts';
import type { Column, Examples } from '#shared/contract/values.ts';

/** The scored rows of one part. */
export interface PartRows {
  readonly scores: Float64Array;
  readonly labels: Float64Array;
  /** Row of each among the examples. */
  readonly rows: Int32Array;
  /** Query of each row (the user where there is none), from 0; null where there is neither. */
  readonly group: Int32Array | null;
  readonly groups: number;
  /** What is drawn for intervals: the user of each row, else its query, else the row itself; from 0. */
  readonly unit: Int32Array;
  readonly units: number;
  readonly unitsAreUsers: boolean;
  /** User or query number of each unit. */
  readonly idOfUnit: Int32Array;
  readonly unitOfGroup: Int32Array;
}

type Part = 'train' | 'validation' | 'test';
const codes: Readonly<Record<Part, number>> = { train: 0, validation: 1, test: 2 };

/** Rows of a part; throws where there are no predictions or one is not a number. */
export function scoredRowsOf(examples: Examples, part: Part): PartRows {
  const { prediction } = examples;
  if (prediction === null) {
    throw new RunboardError('bad-board', 'the examples have no predictions', {
      where: 'examples',
      remedy: 'wire the scored examples of a ranker',
    });
  }
  const rows: number[] = [];
  for (let i = 0; i < examples.rows; i++) {
    if (examples.part[i] !== codes[part]) continue;
    if (!Number.isFinite(prediction[i])) {
      throw new RunboardError('bad-data', `the prediction for example ${i} is ${prediction[i]}`, {
        where: 'examples',
        remedy: 'look at the ranker: its training has probably diverged',
      });
    }
    rows.push(i);
  }
  return gathered(examples, Int32Array.from(rows), prediction);
}

function gathered(examples: Examples, rows: Int32Array, prediction: Float32Array): PartRows {
  const unitIds = examples.user ?? examples.group;
  const groupIds = examples.group ?? examples.user;
  const unit =
    unitIds === null
      ? { codes: Int32Array.from(rows, (_, i) => i), ids: new Int32Array(rows) }
      : numbered(unitIds, rows);
  const group = groupIds === null ? null : numbered(groupIds, rows);
  const unitOfGroup = new Int32Array(group?.ids.length ?? 0);
  group?.codes.forEach((one, i) => (unitOfGroup[one] = unit.codes[i]));
  return {
    scores: Float64Array.from(rows, (row) => prediction[row]),
    labels: Float64Array.from(rows, (row) => examples.label[row]),
    rows,
    group: group?.codes ?? null,
    groups: group?.ids.length ?? 0,
    unit: unit.codes,
    units: unit.ids.length,
    unitsAreUsers: unitIds !== null,
    idOfUnit: unit.ids,
    unitOfGroup,
  };
}

/** Ids of some rows as numbers from 0, in order of first appearance. */
function numbered(ids: Int32Array, rows: Int32Array): { codes: Int32Array; ids: Int32Array } {
  const known = new Map<number, number>();
  const numbers = Int32Array.from(rows, (row) => {
    let code = known.get(ids[row]);
    if (code === undefined) known.set(ids[row], (code = known.size));
    return code;
  });
  return { codes: numbers, ids: Int32Array.from(known.keys()) };
}

/** Some of the rows (positions, ascending), numbered anew. */
export function someRows(from: PartRows, members: Int32Array): PartRows {
  const unit = numbered(from.unit, members);
  const group = from.group === null ? null : numbered(from.group, members);
  const unitOfGroup = new Int32Array(group?.ids.length ?? 0);
  group?.codes.forEach((one, i) => (unitOfGroup[one] = unit.codes[i]));
  return {
    ...from,
    scores: Float64Array.from(members, (at) => from.scores[at]),
    labels: Float64Array.from(members, (at) => from.labels[at]),
    rows: Int32Array.from(members, (at) => from.rows[at]),
    group: group?.codes ?? null,
    groups: group?.ids.length ?? 0,
    unit: unit.codes,
    units: unit.ids.length,
    idOfUnit: Int32Array.from(unit.ids, (one) => from.idOfUnit[one]),
    unitOfGroup,
  };
}

/** Positions of the rows of each value of the named features; at most twelve values of a feature, the most frequent. */
export function rowsOfSlices(
  examples: Examples,
  rows: PartRows,
  names: readonly string[],
): { name: string; members: Int32Array }[] {
  return names.flatMap((name) => {
    const feature = examples.features.find((one) => one.name === name);
    const label = feature === undefined ? null : labelsOf(feature.column);
    if (label === null) {
      throw new RunboardError('bad-parameter', `there is no feature ${name} of names or numbers to slice by`, {
        where: 'slices',
        remedy: `take some of ${examples.features.map((one) => one.name).join(', ')}`,
      });
    }
    const members = new Map<string, number[]>();
    rows.rows.forEach((row, at) => {
      const key = label(row);
      if (key === null) return;
      const known = members.get(key);
      if (known === undefined) members.set(key, [at]);
      else known.push(at);
    });
    return [...members]
      .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
      .slice(0, 12)
      .map(([key, positions]) => ({ name: `${name}: ${key}`, members: Int32Array.from(positions) }));
  });
}

function labelsOf(column: Column): ((row: number) => string | null) | null {
  if (column.kind === 'category') return (row) => (column.codes[row] < 0 ? null : column.names[column.codes[row]]);
  if (column.kind !== 'number') return null;
  const sorted = Float64Array.from(column.values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const low = sorted[Math.floor(sorted.length / 3)];
  const high = sorted[Math.floor((2 * sorted.length) / 3)];
  return (row) => {
    const value = column.values[row];
    if (Number.isNaN(value)) return null;
    return value < low ? 'bottom third' : value < high ? 'middle third' : 'top third';
  };
}

/** A sentence where training examples are later than those asked for; null where none is, or times are unknown. */
export function futureWarning(examples: Examples, part: Part): string | null {
  const { time } = examples;
  if (part === 'train') return null;
  const leaks = examples.split.protocol.leaksFuture
    ? `the split "${examples.split.protocol.name}" leaks the future`
    : '';
  let earliest = Infinity;
  let later = 0;
  let learned = 0;
  for (let i = 0; time !== null && i < examples.rows; i++)
    if (examples.part[i] === codes[part] && time[i] < earliest) earliest = time[i];
  for (let i = 0; time !== null && i < examples.rows; i++) {
    if (examples.part[i] >= codes[part]) continue;
    learned++;
    if (time[i] > earliest) later++;
  }
  if (later === 0) return leaks === '' ? null : `${leaks}: numbers are higher than they would be live`;
  const share = `${((100 * later) / learned).toFixed(1)} % of the examples learned from are later than the first one asked for`;
  return leaks === ''
    ? `${share}: train and ${part} overlap in time`
    : `${leaks}: ${share}, and numbers are higher than they would be live`;
}
