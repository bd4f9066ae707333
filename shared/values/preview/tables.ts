import type {
  Candidates,
  Dataset,
  Examples,
  Metrics,
  MetricValues,
  Model,
  Split,
  Value,
} from '#shared/contract/values.ts';
import {
  columnsOf,
  idsOf,
  named,
  numbers,
  reordered,
  shownColumn,
  titlesOf,
  vectorText,
  type ShownColumn,
  type ShownTable,
} from './shown-table.ts';

const parts = ['train', 'validation', 'test'] as const;

/** Any value as tables of rows that can be read one by one. */
export function tablesOf(value: Value): readonly ShownTable[] {
  switch (value.type) {
    case 'dataset':
      return datasetTables(value);
    case 'split':
      return splitTables(value);
    case 'examples':
      return [{ id: 'examples', title: 'Examples', rows: value.rows, columns: exampleColumns(value) }];
    case 'candidates':
    case 'list':
      return listTables(value);
    case 'model':
      return modelTables(value);
    case 'metrics':
      return metricTables(value);
  }
}

function eventColumns(dataset: Dataset): ShownColumn[] {
  const { user, item, time, value, table } = dataset.events;
  return [
    idsOf('user', user, dataset.users.ids),
    ...itemColumns(dataset, item),
    numbers('time', time, 'time'),
    numbers('value', value),
    ...columnsOf(table),
  ];
}

function itemColumns(dataset: Dataset, item: Int32Array): ShownColumn[] {
  const titles = titlesOf(dataset.items, dataset.roles);
  const id = idsOf('item', item, dataset.items.ids);
  return titles === null ? [id] : [id, { name: 'title', type: 'text', cell: (row) => titles(item[row]) }];
}

function labelledColumns({ examples }: Dataset): ShownColumn[] {
  if (examples === null) return [];
  const { label, group, time, part, table } = examples;
  return [
    numbers('label', label),
    ...(group === null ? [] : [numbers('group', group)]),
    ...(time === null ? [] : [numbers('time', time, 'time')]),
    ...(part === null ? [] : [named('part', part, parts)]),
    ...columnsOf(table),
  ];
}

function datasetTables(dataset: Dataset): ShownTable[] {
  const { users, items, events, impressions, examples } = dataset;
  const entities = (id: string, title: string, { ids, table }: Dataset['users']): ShownTable => ({
    id,
    title,
    rows: ids.length,
    columns: [{ name: 'id', type: 'id', cell: (row) => ids[row] }, ...columnsOf(table)],
  });
  const tables: ShownTable[] = [
    ...(examples === null
      ? []
      : [{ id: 'examples', title: 'Examples', rows: examples.label.length, columns: labelledColumns(dataset) }]),
    { id: 'events', title: 'Events', rows: events.user.length, columns: eventColumns(dataset) },
    entities('users', 'Users', users),
    entities('items', 'Items', items),
  ];
  if (impressions !== null) {
    const { user, item, time, request, position, propensity, click, table } = impressions;
    tables.push({
      id: 'impressions',
      title: 'Impressions',
      rows: user.length,
      columns: [
        idsOf('user', user, users.ids),
        ...itemColumns(dataset, item),
        numbers('time', time, 'time'),
        numbers('request', request),
        numbers('position', position),
        numbers('propensity', propensity),
        numbers('click', click),
        ...columnsOf(table),
      ],
    });
  }
  return tables.filter((table) => table.rows > 0);
}

function splitTables(split: Split): ShownTable[] {
  const { dataset, requests } = split;
  const columns = dataset.shape === 'examples' ? labelledColumns(dataset) : eventColumns(dataset);
  const made: ShownTable[] = parts.map((part) => {
    const rows = split[part];
    return {
      id: part,
      title: `${part.charAt(0).toUpperCase()}${part.slice(1)}`,
      rows: rows.length,
      columns: columns.map((column) => reordered(column, (row) => rows[row])),
    };
  });
  if (requests.user.length > 0)
    made.push({
      id: 'requests',
      title: 'Requests',
      rows: requests.user.length,
      columns: requestColumns(split, requests),
    });
  return made;
}

function requestColumns({ dataset }: Split, { user, time, part }: Split['requests']): ShownColumn[] {
  return [idsOf('user', user, dataset.users.ids), numbers('time', time, 'time'), named('part', part, parts)];
}

function exampleColumns(value: Examples): ShownColumn[] {
  const { dataset } = value.split;
  return [
    ...(value.group === null ? [] : [numbers('group', value.group)]),
    ...(value.user === null ? [] : [idsOf('user', value.user, dataset.users.ids)]),
    ...(value.item === null ? [] : itemColumns(dataset, value.item)),
    named('part', value.part, parts),
    numbers('label', value.label),
    ...(value.prediction === null ? [] : [numbers('prediction', value.prediction)]),
    ...(value.weight === null ? [] : [numbers('weight', value.weight)]),
    ...(value.time === null ? [] : [numbers('time', value.time, 'time')]),
    ...value.features.map(({ name, column }) => shownColumn(name, column)),
  ];
}

/** The request that place `at` belongs to: the last whose first place is not after it. */
function requestAt(offsets: Int32Array, at: number): number {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function listTables(lists: Candidates): ShownTable[] {
  const { offsets, items, scores, source, sources, reason, reasons, propensity, requests, split } = lists;
  const request = (row: number): number => requestAt(offsets, row);
  return [
    {
      id: 'items',
      title: 'Items by request',
      rows: items.length,
      columns: [
        ...requestColumns(split, requests)
          .filter(({ name }) => name !== 'time')
          .map((column) => reordered(column, request)),
        { name: 'rank', type: 'number', cell: (row) => row - offsets[request(row)] + 1 },
        ...itemColumns(split.dataset, items),
        numbers('score', scores),
        {
          name: 'sources',
          type: 'tags',
          cell: (row) => sources.filter((_, bit) => (source[row] >>> bit) & 1).join(', ') || null,
        },
        ...(reason === null ? [] : [named('reason', reason, reasons)]),
        ...(propensity === null ? [] : [numbers('propensity', propensity)]),
      ],
    },
    {
      id: 'requests',
      title: 'Requests',
      rows: requests.user.length,
      columns: [
        ...requestColumns(split, requests),
        { name: 'items', type: 'number', cell: (row) => offsets[row + 1] - offsets[row] },
      ],
    },
  ];
}

function modelTables({ split, vectors }: Model): ShownTable[] {
  if (vectors === null) return [];
  const { width } = vectors;
  const table = (id: string, title: string, ids: readonly string[], values: Float32Array): ShownTable => ({
    id,
    title,
    rows: values.length / width,
    columns: [
      { name: 'id', type: 'id', cell: (row) => ids[row] ?? null },
      { name: 'length', type: 'number', cell: (row) => Math.hypot(...values.subarray(row * width, (row + 1) * width)) },
      { name: 'vector', type: 'vector', cell: (row) => vectorText(values.subarray(row * width, (row + 1) * width)) },
    ],
  });
  return [
    table('items', 'Item vectors', split.dataset.items.ids, vectors.items),
    table('users', 'User vectors', split.dataset.users.ids, vectors.users),
  ];
}

function metricTables({ metrics, baselines, slices, users, perUser }: Metrics): ShownTable[] {
  const own = [{ of: '', values: metrics }];
  const under = (all: Readonly<Record<string, MetricValues>>): typeof own =>
    Object.entries(all).map(([of, values]) => ({ of, values }));
  const tables = [
    metricTable('metrics', 'Metrics', null, own),
    metricTable('baselines', 'Baselines', 'baseline', under(baselines)),
    metricTable('slices', 'Slices', 'slice', under(slices)),
  ];
  const names = Object.keys(perUser);
  if (names.length > 0) {
    tables.push({
      id: 'users',
      title: 'By user',
      rows: users.length,
      columns: [numbers('user number', users), ...names.map((name) => numbers(name, perUser[name]))],
    });
  }
  return tables.filter((table) => table.rows > 0);
}

function metricTable(
  id: string,
  title: string,
  group: string | null,
  lists: readonly { of: string; values: MetricValues }[],
): ShownTable {
  const rows = lists.flatMap(({ of, values }) =>
    Object.entries(values).map(([metric, value]) => ({ of, metric, ...value })),
  );
  return {
    id,
    title,
    rows: rows.length,
    columns: [
      ...(group === null ? [] : [{ name: group, type: 'category' as const, cell: (row: number) => rows[row].of }]),
      { name: 'metric', type: 'category', cell: (row) => rows[row].metric },
      ...(['value', 'low', 'high', 'n'] as const).map((name) => ({
        name,
        type: 'number' as const,
        cell: (row: number) => rows[row][name],
      })),
    ],
  };
}
