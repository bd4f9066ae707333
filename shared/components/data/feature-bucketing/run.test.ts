import { describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { featureWorld, flatWorld } from '../../../../test/support/feature-world.ts';
import type { CategoryColumn, Split } from '#shared/contract/values.ts';
import { component } from './run.ts';

const defaults = defaultParams(component.spec.params);
const run = async (split: Split, changes: Partial<typeof defaults> = {}): Promise<Split> =>
  (await component.apply(null, { split }, { ...defaults, ...changes }, testContext())).split;
const split = featureWorld();

async function ranges(column: string, changes: Partial<typeof defaults>): Promise<CategoryColumn> {
  const { items, users } = (await run(split, { column, ...changes })).dataset;
  const [place, name] = column.split('.');
  return (place === 'item' ? items : users).table.columns[`${name}-range`] as CategoryColumn;
}

describe('ranges', () => {
  it('hold about equally many training rows by quantile', async () => {
    const { codes, names } = await ranges('item.price', { buckets: 4 });
    const counts = new Int32Array(names.length);
    for (const row of split.train) counts[codes[split.dataset.events.item[row]]]++;
    expect(names).toHaveLength(4);
    expect(Math.min(...counts)).toBeGreaterThan(25);
    expect(Math.max(...counts)).toBeLessThan(90);
  });

  it('are equally wide by width, grow by logarithm, and follow given cuts', async () => {
    expect((await ranges('item.price', { method: 'width', buckets: 2 })).names).toEqual(['below 256.5', 'from 256.5']);
    expect((await ranges('item.price', { method: 'logarithm', buckets: 8 })).codes.slice(0, 4)).toEqual(
      Int32Array.of(0, 0, 1, 2),
    );
    const given = await ranges('user.age', { method: 'given', cuts: [30, 23, 30] });
    expect(given.names).toEqual(['below 23', '23 – 30', 'from 30']);
    // Ages 20, 23, 26, 29, 32, …; a value at a cut belongs above it; the last age is missing.
    expect([...given.codes]).toEqual([0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, -1]);
  });

  it('drop the numbers where asked', async () => {
    expect(Object.keys((await run(split, { keep: false })).dataset.users.table.columns)).toEqual(['city', 'age-range']);
  });

  it('are read from training rows: rows of a flat table that are held out change nothing', async () => {
    const flat = flatWorld();
    const { examples } = flat.dataset;
    const speed = examples!.table.columns['speed'];
    if (speed.kind !== 'number') throw new Error('no numbers');
    const values = Float32Array.from(speed.values, (value, row) => (row >= 40 ? 1000 : value));
    const altered = {
      ...flat,
      dataset: {
        ...flat.dataset,
        examples: {
          ...examples!,
          table: { rows: 60, columns: { ...examples!.table.columns, speed: { kind: 'number' as const, values } } },
        },
      },
    };
    const names = async (of: Split): Promise<readonly string[]> =>
      ((await run(of, { column: 'row.speed' })).dataset.examples!.table.columns['speed-range'] as CategoryColumn).names;
    expect(await names(altered)).toEqual(await names(flat));
  });

  it('refuse what is no number', async () => {
    await expect(run(split, { column: 'user.city' })).rejects.toThrow(/kind category/);
    await expect(run(split, { column: 'user.id' })).rejects.toThrow(/kind category/);
  });
});
