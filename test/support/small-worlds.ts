import type { Dataset, Events, Requests, Split, Table } from '../../shared/contract/values.ts';

/** A data set from rows of [user, item, time, value], with users and items named by their numbers. */
export function datasetOf(
  rows: readonly (readonly [number, number, number, number])[],
  size: { users: number; items: number; itemTable?: Table; userTable?: Table },
): Dataset {
  const empty = (count: number): Table => ({ rows: count, columns: {} });
  const events: Events = {
    user: Int32Array.from(rows, (row) => row[0]),
    item: Int32Array.from(rows, (row) => row[1]),
    time: Float64Array.from(rows, (row) => row[2]),
    value: Float32Array.from(rows, (row) => row[3]),
    table: empty(rows.length),
  };
  const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  return {
    type: 'dataset',
    shape: 'events',
    name: 'small world',
    fingerprint: `small ${JSON.stringify(rows).length}`,
    users: { ids: names('u', size.users), table: size.userTable ?? empty(size.users) },
    items: { ids: names('i', size.items), table: size.itemTable ?? empty(size.items) },
    events,
    impressions: null,
    examples: null,
    roles: { user: 'user', item: 'item', time: 'time', value: 'value' },
  };
}

/** Requests for all users that have rows in validation (part 1) and test (part 2). */
export function requestsOf(dataset: Dataset, validation: Int32Array, test: Int32Array): Requests {
  const user: number[] = [];
  const time: number[] = [];
  const part: number[] = [];
  for (const [rows, code] of [
    [validation, 1],
    [test, 2],
  ] as const) {
    const first = new Map<number, number>();
    for (const row of rows) {
      const who = dataset.events.user[row];
      first.set(who, Math.min(first.get(who) ?? Infinity, dataset.events.time[row]));
    }
    for (const who of [...first.keys()].sort((a, b) => a - b)) {
      user.push(who);
      time.push(first.get(who) ?? NaN);
      part.push(code);
    }
  }
  return { user: Int32Array.from(user), time: Float64Array.from(time), part: Uint8Array.from(part) };
}

/** A split of a data set by row numbers. */
export function splitOf(dataset: Dataset, parts: { train: number[]; validation?: number[]; test: number[] }): Split {
  const validation = Int32Array.from(parts.validation ?? []);
  const test = Int32Array.from(parts.test);
  return {
    type: 'split',
    dataset,
    protocol: { name: 'by hand', leaksFuture: false, usersWithoutPositives: 0 },
    train: Int32Array.from(parts.train),
    validation,
    test,
    requests: requestsOf(dataset, validation, test),
    crosses: [],
  };
}

/**
 * The checkerboard: user u likes exactly the items of its own parity. Per user one liked item is held out for
 * validation and one for test; whoever learned anything ranks those above every item of the other parity.
 */
export function checkerboard(users = 20, items = 20): Split {
  const rows: [number, number, number, number][] = [];
  const train: number[] = [];
  const validation: number[] = [];
  const test: number[] = [];
  for (let u = 0; u < users; u++) {
    const liked = Array.from({ length: items }, (_, i) => i).filter((i) => (u + i) % 2 === 0);
    liked.forEach((item, at) => {
      const row = rows.length;
      // Held-out places differ between users, so that every item is seen in training by somebody.
      const heldTest = at === (u >> 1) % liked.length;
      const heldValidation = at === ((u >> 1) + 1) % liked.length;
      rows.push([u, item, heldTest ? 300 : heldValidation ? 200 : 100, 1]);
      (heldTest ? test : heldValidation ? validation : train).push(row);
    });
  }
  const group = Int32Array.from({ length: items }, (_, i) => i % 2);
  const side = Int32Array.from({ length: users }, (_, u) => u % 2);
  const dataset = datasetOf(rows, {
    users,
    items,
    userTable: {
      rows: users,
      columns: {
        gender: { kind: 'category', codes: side, names: ['even', 'odd'] },
        age: { kind: 'number', values: Float64Array.from({ length: users }, (_, u) => 20 + u) },
      },
    },
    itemTable: {
      rows: items,
      columns: {
        group: { kind: 'category', codes: group, names: ['even', 'odd'] },
        genres: {
          kind: 'tags',
          offsets: Int32Array.from({ length: items + 1 }, (_, i) => i),
          codes: group,
          names: ['even', 'odd'],
        },
        title: { kind: 'text', values: Array.from(group, (g, i) => `${g === 0 ? 'even' : 'odd'} number ${i}`) },
        created: { kind: 'number', values: Float64Array.from({ length: items }, (_, i) => i * 10) },
      },
    },
  });
  const roles = { ...dataset.roles, 'item.category': 'genres', 'item.title': 'title', 'item.created': 'created' };
  // The cross of the two parities is what a linear model needs to learn the board.
  return {
    ...splitOf({ ...dataset, roles }, { train, validation, test }),
    crosses: [{ name: 'parity', left: 'user.gender', right: 'item.genres', buckets: 64 }],
  };
}
