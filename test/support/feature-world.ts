import type { Dataset, LabelledRows, Split } from '../../shared/contract/values.ts';
import { Xoshiro } from '../../shared/kernels/random.ts';
import { datasetOf, splitOf } from './small-worlds.ts';

export const day = 86_400;

/**
 * 12 users, 10 items, 300 events over 30 days; the last ones are held out. Users have an age and a city, items genres,
 * a price and a title, events a device and a type. Values go from 1 to 5.
 */
export function featureWorld(): Split {
  const random = new Xoshiro(21, 'feature world');
  const rows = Array.from(
    { length: 300 },
    (_, at) => [random.integer(12), random.integer(10), Math.floor(at / 10) * day, 1 + random.integer(5)] as const,
  );
  const genres = Array.from({ length: 10 }, (_, item) => (item === 9 ? [] : item % 3 === 0 ? [0, 1] : [item % 3]));
  const offsets = new Int32Array(11);
  genres.forEach((codes, item) => (offsets[item + 1] = offsets[item] + codes.length));
  const base = datasetOf(rows, {
    users: 12,
    items: 10,
    userTable: {
      rows: 12,
      columns: {
        age: {
          kind: 'number',
          values: Float32Array.from({ length: 12 }, (_, user) => (user === 11 ? NaN : 20 + 3 * user)),
        },
        city: {
          kind: 'category',
          codes: Int32Array.from({ length: 12 }, (_, user) => (user === 10 ? -1 : user % 4)),
          names: ['rome', 'oslo', 'lima', 'kiev'],
        },
      },
    },
    itemTable: {
      rows: 10,
      columns: {
        genres: { kind: 'tags', offsets, codes: Int32Array.from(genres.flat()), names: ['drama', 'comedy', 'noir'] },
        price: { kind: 'number', values: Float32Array.from({ length: 10 }, (_, item) => 2 ** item) },
        title: { kind: 'text', values: Array.from({ length: 10 }, (_, item) => `The Film number ${item}`) },
      },
    },
  });
  const device = Int32Array.from(rows, (_, at) => at % 2);
  const type = Int32Array.from(rows, (_, at) => (at % 5 === 0 ? 1 : 0));
  const table = {
    rows: 300,
    columns: {
      device: { kind: 'category', codes: device, names: ['phone', 'tv'] },
      type: { kind: 'category', codes: type, names: ['view', 'purchase'] },
    },
  } as const;
  const dataset: Dataset = {
    ...base,
    events: { ...base.events, table },
    roles: { ...base.roles, 'event.type': 'type', 'item.category': 'genres' },
  };
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
  return splitOf(dataset, { train: range(0, 220), validation: range(220, 260), test: range(260, 300) });
}

/** A flat table of 60 labelled rows with a city and a number. */
export function flatWorld(): Split {
  const random = new Xoshiro(22, 'flat world');
  const codes = Int32Array.from({ length: 60 }, () => random.integer(3));
  const examples: LabelledRows = {
    label: Float32Array.from(codes, (code) => Number(random.next() < 0.2 + 0.3 * code)),
    group: null,
    time: null,
    part: null,
    table: {
      rows: 60,
      columns: {
        city: { kind: 'category', codes, names: ['rome', 'oslo', 'lima'] },
        speed: { kind: 'number', values: Float32Array.from(codes, () => random.normal()) },
      },
    },
  };
  const split = splitOf(
    { ...featureWorld().dataset, shape: 'examples', examples, events: datasetOf([], { users: 0, items: 0 }).events },
    { train: [], test: [] },
  );
  const rows = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
  return { ...split, train: rows(0, 40), validation: rows(40, 50), test: rows(50, 60) };
}

/** The same split with other users, items, values and labels in its held-out rows: what is fitted must not notice. */
export function withOtherHeldOutRows(split: Split): Split {
  const { events, examples } = split.dataset;
  const held = [...split.validation, ...split.test];
  const change = <T extends Int32Array | Float32Array>(values: T, other: (value: number) => number): T => {
    const out = values.slice() as T;
    for (const row of held) if (row < out.length) out[row] = other(out[row]);
    return out;
  };
  const changed = {
    ...events,
    user: change(events.user, (user) => (user + 5) % 12),
    item: change(events.item, (item) => (item + 3) % 10),
    value: change(events.value, (value) => 6 - value),
  };
  const labels = examples === null ? null : { ...examples, label: change(examples.label, (label) => 1 - label) };
  return { ...split, dataset: { ...split.dataset, events: changed, examples: labels } };
}
