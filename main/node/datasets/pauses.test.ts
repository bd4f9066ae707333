import { expect, it } from 'vitest';
import { RunboardError } from '#shared/contract/failure.ts';
import { datasetFolders } from '../../../test/support/dataset-folder.ts';
import { DatasetColumns } from './columns/dataset-columns.ts';
import type { Layout } from './layout.ts';
import { pauses, type Pause } from './pauses.ts';
import type { Profile } from './profile.ts';
import { columnInRole } from './roles.ts';
import { sealContents } from './seal.ts';

const folder = datasetFolders();

const layout: Layout = {
  shape: 'events',
  tables: [
    {
      table: 'events',
      stored: 'events',
      columns: [
        columnInRole('user', 'user'),
        columnInRole('item', 'item'),
        columnInRole('time', 'time'),
        { name: 'note', kind: 'text' },
      ],
    },
  ],
};

it('fingerprint and profile stop wherever a pause says so, and are the same when none does', async () => {
  const data = folder();
  const rows = Array.from(
    { length: 70_000 },
    (_, r) => [`u${r % 900}`, `i${r % 1700}`, r, `note ${r % 5000}`] as const,
  );
  const work = async (pause: Pause): Promise<{ fingerprint: string; profile: Profile }> => {
    const columns = new DatasetColumns(data.file('scratch'), { each: 100, together: 0 });
    try {
      const add = columns.adder(layout.tables[0]);
      for (const row of rows) add(row);
      const stored = await columns.finish(layout, 'e', pause);
      const { fingerprint } = await sealContents(stored.contents, { sink: { put: () => undefined }, pause });
      return { fingerprint, profile: stored.profile() };
    } finally {
      columns.close();
    }
  };
  let calls = 0;
  const whole = await work(() => {
    calls++;
    return Promise.resolve();
  });
  // Two chunks for each of the four columns, and what it takes to count repeats and to name what came late.
  expect(calls).toBeGreaterThan(8);
  expect(await work(pauses())).toEqual(whole);
  for (const share of [0, 0.2, 0.5, 0.9, 1]) {
    const stop = 1 + Math.floor(share * (calls - 1));
    let called = 0;
    const stopping = work(() => (++called === stop ? Promise.reject(new Error(`stop ${stop}`)) : Promise.resolve()));
    await expect(stopping).rejects.toThrow(`stop ${stop}`);
  }
});

it('a pause lets others in, and a cancellation with them', async () => {
  const cancel = new AbortController();
  const pause = pauses(cancel.signal);
  setTimeout(() => cancel.abort(), 1);
  const work = (async () => {
    for (;;) await pause(); // alone it would go on for ever
  })();
  await expect(work).rejects.toThrow(RunboardError);
});
