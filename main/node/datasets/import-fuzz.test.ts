import { existsSync, readdirSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { RunboardError } from '#shared/contract/failure.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import { datasetFolders } from '../../../test/support/dataset-folder.ts';
import { loadDataset } from './load.ts';

const folder = datasetFolders();

const whole: Readonly<Record<string, Uint8Array>> = {
  csv: Buffer.from('user,item,rating,time\nu1,i1,5,100\n"u2","i,2",3,2024-01-01\nu3,i3,1.5,300\n'),
  jsonl: Buffer.from('{"user":"u1","item":1,"tags":["a"]}\n{"user":"u2","item":2}\n'),
  libsvm: Buffer.from('1 qid:1 1:0.5 3:2\n0 qid:1 2:1\n2 qid:2 1:1 # x\n'),
  parquet: new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'user', data: ['a', 'b', 'c'], type: 'STRING' },
        { name: 'item', data: [1n, 2n, 3n], type: 'INT64' },
      ],
    }),
  ),
};

/** A file with some bytes changed, put in, taken out, or cut off. */
function damaged(bytes: Uint8Array, random: Xoshiro): Uint8Array {
  const out = [...bytes];
  for (let n = 1 + random.integer(4); n > 0; n--) {
    const at = random.integer(out.length);
    const kind = random.integer(4);
    if (kind === 0) out[at] = random.integer(256);
    else if (kind === 1) out.splice(at, 0, [0, 10, 13, 34, 44, 255][random.integer(6)]);
    else if (kind === 2) out.splice(at, 1 + random.integer(3));
    else if (random.integer(3) === 0) out.length = at + 1;
  }
  return Uint8Array.from(out);
}

it.each(Object.keys(whole))(
  '%s: whatever is done to a file, it is imported whole or refused in words',
  async (format) => {
    const random = new Xoshiro(17, format);
    const rounds = format === 'parquet' ? 30 : 40; // each starts two threads; the 25th does not come to an end by itself
    for (let round = 0; round < rounds; round++) {
      const data = folder();
      const content = damaged(whole[format], random);
      const shown = `round ${round}: ${Buffer.from(content).toString('latin1')}`;
      try {
        const { profile } = await data.import(`e.${format}`, content, { patienceMillis: 1000 });
        const dataset = await loadDataset(data.out);
        expect(dataset.events.user.length, shown).toBe(profile.events);
        expect(profile.events + profile.examples + profile.impressions, shown).toBeGreaterThan(0);
      } catch (thrown) {
        if (!(thrown instanceof RunboardError)) throw thrown;
        expect(['bad-input', 'bad-usage', 'too-large'], `${shown}: ${thrown.message} ${thrown.stack ?? ''}`).toContain(
          thrown.code,
        );
        expect(existsSync(data.out)).toBe(false);
      }
      expect(readdirSync(data.path).filter((name) => name.startsWith('.'))).toEqual([]);
    }
  },
  120_000,
);
