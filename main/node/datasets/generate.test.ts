import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { datasetFolders, failureOf } from '../../../test/support/dataset-folder.ts';
import { generateDataset, generateWorld } from './generate.ts';
import { loadDataset } from './load.ts';

const folder = datasetFolders();
const tiny = { recipe: 'video-catalogue', users: 60, items: 150, events: 3000, days: 10 };

it('makes the same world from the same seed, another from another', async () => {
  const data = folder();
  const [a, b, c] = [
    await generateWorld({ ...tiny, out: data.file('a.db') }),
    await generateWorld({ ...tiny, out: data.file('b.db') }),
    await generateWorld({ ...tiny, out: data.file('c.db'), seed: 2 }),
  ];
  expect(b.fingerprint).toBe(a.fingerprint);
  expect(c.fingerprint).not.toBe(a.fingerprint);
  expect([a.profile.users, a.profile.items, a.profile.events]).toEqual([60, 150, 3000]);
  expect(readFileSync(data.file('a.db')).length).toBe(readFileSync(data.file('b.db')).length);
});

it('stores the truth beside what is seen', async () => {
  const data = folder();
  await generateWorld({ ...tiny, out: data.out });
  const dataset = await loadDataset(data.out);
  expect(dataset.roles).toEqual({
    user: 'user_id',
    item: 'item_id',
    time: 'time',
    value: 'value',
    'event.type': 'type',
    'event.price': 'price_paid',
    'item.title': 'title',
    'item.category': 'category',
    'item.text': 'description',
    'item.created': 'created',
    'item.price': 'price',
    'impression.request': 'request',
    'impression.position': 'position',
    'impression.propensity': 'propensity',
    'impression.click': 'click',
  });
  const db = new Database(data.out, { readonly: true });
  expect(db.prepare('SELECT user_id FROM truth_users ORDER BY rowid').pluck().all()).toEqual(dataset.users.ids);
  const vectors = db.prepare('SELECT vector FROM truth_items').pluck().all() as Uint8Array[];
  expect(dataset.truth?.items.width).toBe(16);
  const [afterwards] = db
    .prepare("SELECT taste_after FROM truth_users WHERE user_id = 'u7'")
    .pluck()
    .all() as Uint8Array[];
  const seventh = dataset.users.ids.indexOf('u7');
  expect(dataset.truth?.users.values.slice(16 * seventh, 16 * (seventh + 1))).toEqual(
    new Float32Array(afterwards.slice().buffer),
  );
  expect((await loadDataset(data.out)).truth).toEqual(dataset.truth); // this time from the cache
  for (const bytes of vectors) {
    const vector = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    expect(vector).toHaveLength(16);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  }
  expect(
    JSON.parse(db.prepare("SELECT value FROM runboard_meta WHERE key = 'world'").pluck().get() as string),
  ).toMatchObject({ recipe: 'video-catalogue', options: { seed: 1 }, planted: { slate: 10 } });
  db.close();
});

it('works at the edges: one user, one item, no events, one day', async () => {
  const data = folder();
  for (const edge of [
    { users: 1 },
    { items: 1 },
    { events: 0 },
    { days: 1 },
    { users: 1, items: 1, events: 5, days: 2 },
  ]) {
    const { profile } = await generateWorld({ ...tiny, ...edge, out: data.out });
    expect(profile.events).toBe(edge.events ?? 3000);
  }
});

it('refuses unknown recipes and settings that make no sense', async () => {
  const data = folder();
  const fault = async (change: Record<string, unknown>): Promise<string> =>
    (await failureOf(generateWorld({ ...tiny, out: data.out, ...change }))).message;
  expect(await fault({ recipe: 'music' })).toBe('there is no recipe music');
  expect(await fault({ users: 0 })).toBe('users is 0');
  expect(await fault({ events: 1.5 })).toBe('events is 1.5');
  expect(await fault({ days: NaN })).toBe('days is NaN');
});

it('speaks the contract: progress as events, a report', async () => {
  const said: string[] = [];
  const call = {
    signal: new AbortController().signal,
    emit: (_event: string, payload: unknown) => void said.push((payload as { note: string }).note),
  };
  const report = await generateDataset({ ...tiny, out: folder().out }, call);
  expect(said).toContain('day 10 of 10');
  expect(report).toMatchObject({ shape: 'events', rowsRejected: 0, tables: { users: 60, items: 150, events: 3000 } });
});
