import { describe, expect, it } from 'vitest';
import type { Candidates, Dataset, Split } from '#shared/contract/values.ts';
import { sampleCandidates, sampleExamples, sampleMetrics, sampleModel } from '../../../test/support/sample-values.ts';
import { mostCounted, profileOf } from './distribution.ts';
import { factsOf } from './facts.ts';
import { numbers, type ShownTable } from './shown-table.ts';
import { tablesOf } from './tables.ts';

const users = ['ann', 'bo'];
const items = ['x', 'y', 'z'];

const dataset: Dataset = {
  type: 'dataset',
  shape: 'events',
  name: 'hand',
  fingerprint: 'f'.repeat(64),
  users: { ids: users, table: { rows: 2, columns: { age: { kind: 'number', values: Float32Array.of(31, NaN) } } } },
  items: {
    ids: items,
    table: {
      rows: 3,
      columns: {
        title: { kind: 'text', values: ['Xylophone', '', 'Zither'] },
        genre: {
          kind: 'tags',
          offsets: Int32Array.of(0, 2, 2, 3),
          codes: Int32Array.of(0, 1, 1),
          names: ['drums', 'strings'],
        },
      },
    },
  },
  events: {
    user: Int32Array.of(0, 0, 1, 1),
    item: Int32Array.of(0, 1, 1, 2),
    time: Float64Array.of(10, 20, NaN, 40),
    value: Float32Array.of(1, 2, 3, 4),
    table: { rows: 4, columns: {} },
  },
  impressions: null,
  examples: null,
  roles: { 'item.title': 'title' },
};

const split: Split = {
  type: 'split',
  dataset,
  protocol: { name: 'by hand', leaksFuture: true, usersWithoutPositives: 0 },
  train: Int32Array.of(0, 3),
  validation: Int32Array.of(),
  test: Int32Array.of(1, 2),
  requests: { user: Int32Array.of(0, 1), time: Float64Array.of(20, 30), part: Uint8Array.of(2, 2) },
  crosses: [],
};

const lists: Candidates = {
  type: 'list',
  split,
  requests: split.requests,
  offsets: Int32Array.of(0, 2, 3),
  items: Int32Array.of(2, 0, 1),
  scores: Float32Array.of(0.9, 0.5, 0.25),
  sources: ['ease', 'popular'],
  source: Uint32Array.of(3, 1, 2),
  propensity: null,
  reason: Uint8Array.of(0, 1, 0),
  reasons: ['', 'moved up'],
};

const rowsOf = (table: ShownTable): unknown[][] =>
  Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => column.cell(row)));
const tableOf = (tables: readonly ShownTable[], id: string): ShownTable =>
  tables.find((table) => table.id === id) as ShownTable;

describe('tables of a value', () => {
  it('shows events with ids and titles, entities with their columns, and leaves empty what is missing', () => {
    const tables = tablesOf(dataset);
    expect(tables.map(({ id, rows }) => [id, rows])).toEqual([
      ['events', 4],
      ['users', 2],
      ['items', 3],
    ]);
    expect(rowsOf(tableOf(tables, 'events'))).toEqual([
      ['ann', 'x', 'Xylophone', 10, 1],
      ['ann', 'y', null, 20, 2],
      ['bo', 'y', null, null, 3],
      ['bo', 'z', 'Zither', 40, 4],
    ]);
    expect(rowsOf(tableOf(tables, 'users'))).toEqual([
      ['ann', 31],
      ['bo', null],
    ]);
    expect(rowsOf(tableOf(tables, 'items')).map((row) => row[2])).toEqual(['drums, strings', null, 'strings']);
  });

  it('shows the parts of a split as rows of the data set', () => {
    const tables = tablesOf(split);
    expect(rowsOf(tableOf(tables, 'train')).map((row) => row[1])).toEqual(['x', 'z']);
    expect(rowsOf(tableOf(tables, 'test')).map((row) => row[1])).toEqual(['y', 'y']);
    expect(rowsOf(tableOf(tables, 'requests'))).toEqual([
      ['ann', 20, 'test'],
      ['bo', 30, 'test'],
    ]);
    expect(Object.fromEntries(factsOf(split))).toMatchObject({
      split: 'by hand',
      'may leak': 'training rows can be later than test rows',
    });
  });

  it('knows the request of every item, past empty ones too', () => {
    const many: Candidates = {
      ...lists,
      requests: { user: Int32Array.of(0, 1, 0, 1, 1), time: new Float64Array(5), part: Uint8Array.of(0, 1, 2, 0, 1) },
      offsets: Int32Array.of(0, 2, 2, 3, 6, 6),
      items: Int32Array.of(0, 1, 2, 0, 1, 2),
      scores: new Float32Array(6),
      source: new Uint32Array(6),
      reason: null,
    };
    const table = tableOf(tablesOf(many), 'items');
    expect(rowsOf(table).map(([user, part, rank]) => [user, part, rank])).toEqual([
      ['ann', 'train', 1],
      ['ann', 'train', 2],
      ['ann', 'test', 1],
      ['bo', 'train', 1],
      ['bo', 'train', 2],
      ['bo', 'train', 3],
    ]);
  });

  it('shows lists request by request, with rank, title, score, sources and reason', () => {
    const items = tableOf(tablesOf(lists), 'items');
    expect(items.columns.map(({ name }) => name)).toEqual([
      'user',
      'part',
      'rank',
      'item',
      'title',
      'score',
      'sources',
      'reason',
    ]);
    expect(rowsOf(items).map((row) => [...row.slice(0, 4), ...row.slice(6)])).toEqual([
      ['ann', 'test', 1, 'z', 'ease, popular', null],
      ['ann', 'test', 2, 'x', 'ease', 'moved up'],
      ['bo', 'test', 1, 'y', 'popular', null],
    ]);
    expect(rowsOf(tableOf(tablesOf(lists), 'requests')).map((row) => row[3])).toEqual([2, 1]);
  });

  it('finds the request of every place, empty requests included', () => {
    const sparse: Candidates = { ...lists, offsets: Int32Array.of(0, 0, 3) };
    expect(rowsOf(tableOf(tablesOf(sparse), 'items')).map((row) => row[0])).toEqual(['bo', 'bo', 'bo']);
    const many = sampleCandidates(split);
    const naive = Array.from(many.requests.user, (user, r) =>
      new Array<string>(many.offsets[r + 1] - many.offsets[r]).fill(users[user]),
    ).flat();
    expect(rowsOf(tableOf(tablesOf(many), 'items')).map((row) => row[0])).toEqual(naive);
  });

  it('shows examples with their features, models by their sizes, metrics as tables', () => {
    const examples = tablesOf(sampleExamples(split))[0];
    expect(examples.rows).toBe(6);
    expect(examples.columns.map(({ name }) => name)).toContain('item.genre');
    const model = sampleModel(split);
    expect(tablesOf(model).map(({ id, rows }) => [id, rows])).toEqual([
      ['items', 3],
      ['users', 2],
    ]);
    expect(factsOf(model)).toContainEqual(['vector width', 4]);
    expect(tablesOf({ ...model, vectors: null })).toEqual([]);
    const metrics = tablesOf(sampleMetrics());
    expect(rowsOf(metrics[0])).toEqual([['ndcg@10', 0.5, 0.4, 0.6, 3]]);
    expect(rowsOf(tableOf(metrics, 'users')).map((row) => row[0])).toEqual([0, 1, 2]);
  });
});

describe('distribution of a column', () => {
  it('counts numbers over equal widths from least to most', () => {
    const profile = profileOf(
      numbers(
        'n',
        Float32Array.from({ length: 240 }, (_, row) => (row === 0 ? NaN : row)),
      ),
      240,
    );
    expect(profile).toMatchObject({ nulls: 1, minimum: 1, maximum: 239, mean: 120 });
    expect(profile.histogram).toHaveLength(24);
    expect(profile.histogram.reduce((sum, count) => sum + count)).toBe(239);
    expect(Math.max(...profile.histogram) - Math.min(...profile.histogram)).toBeLessThanOrEqual(2);
  });

  it('is one bar where all are equal, and nothing where all are missing', () => {
    expect(profileOf(numbers('n', Float32Array.of(7, 7)), 2).histogram).toEqual([2]);
    expect(profileOf(numbers('n', Float32Array.of(NaN)), 1)).toMatchObject({ minimum: null, histogram: [], nulls: 1 });
  });

  it('names the most frequent words, ties by name, tags one by one', () => {
    const genre = tableOf(tablesOf(dataset), 'items').columns[2];
    expect(profileOf(genre, 3)).toMatchObject({ nulls: 1, distinct: 2 });
    const part = tableOf(tablesOf(split), 'requests').columns[2];
    expect(profileOf(part, 2).top).toEqual([['test', 2]]);
  });

  it('looks at evenly spaced rows where there are many', () => {
    let asked = 0;
    const profile = profileOf({ name: 'n', type: 'number', cell: (row) => (asked++, row) }, 10 * mostCounted);
    expect(asked).toBe(mostCounted);
    expect(profile).toMatchObject({ minimum: 0, maximum: 10 * mostCounted - 10 });
  });
});
