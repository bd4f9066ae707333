import { expect, it } from 'vitest';
import { RunboardError } from '#shared/contract/failure.ts';
import { datasetFolders } from '../../../test/support/dataset-folder.ts';
import { loadDataset } from './load.ts';
import { fingerprintOf } from './parts.ts';
import { pauses, stretch } from './pauses.ts';
import { profileDataset } from './profile.ts';

const folder = datasetFolders();

it('profile and fingerprint of many rows stop wherever a pause says so, and give the same when none does', async () => {
  const data = folder();
  const rows = 2 * stretch + 5;
  const text = Array.from({ length: rows }, (_, r) => `u${r % 900},i${r % 1700},${r},${r % 5}`).join('\n');
  const { fingerprint, profile } = await data.import('e.csv', `user,item,time,value\n${text}\n`);
  const dataset = await loadDataset(data.out);
  const { fingerprint: _, ...contents } = dataset;
  for (const work of [
    async (pause: () => Promise<void>) => expect(await profileDataset(dataset, pause)).toEqual(profile),
    async (pause: () => Promise<void>) => expect(await fingerprintOf(contents, pause)).toBe(fingerprint),
  ]) {
    let calls = 0;
    await work(() => {
      calls++;
      return Promise.resolve();
    });
    // Three stretches for each of the four columns.
    expect(calls).toBeGreaterThanOrEqual(12);
    for (let stop = 1; stop <= calls; stop++) {
      let called = 0;
      const stopping = work(() => (++called === stop ? Promise.reject(new Error(`stop ${stop}`)) : Promise.resolve()));
      await expect(stopping).rejects.toThrow(`stop ${stop}`);
    }
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
