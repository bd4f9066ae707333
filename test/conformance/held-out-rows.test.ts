// What every feature component must satisfy: it is made of training rows, whatever happened in the others.
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/components/catalogue.generated.ts';
import { specs } from '../../shared/components/specs.generated.ts';
import type { ComponentSpec } from '../../shared/contract/component.ts';
import { RunboardError } from '../../shared/contract/failure.ts';
import type { StoredParams } from '../../shared/contract/params.ts';
import type { Split } from '../../shared/contract/values.ts';
import { featureWorld, flatWorld, withOtherHeldOutRows } from '../support/feature-world.ts';
import { fingerprint, runComponent } from '../support/run-component.ts';

const features = Object.values(specs).filter(
  ({ stage, inputs, outputs }) =>
    stage === 'data' && inputs['split']?.types[0] === 'split' && outputs['split']?.type === 'split',
);

const worlds = [
  { split: featureWorld(), columns: ['user.id', 'user.city', 'user.age', 'item.id', 'item.genres', 'item.price'] },
  { split: flatWorld(), columns: ['row.city', 'row.speed'] },
];

/** Settings to try: the defaults, every column of the world, and names only where they are frequent. */
function settingsFor({ params }: ComponentSpec, columns: readonly string[]): StoredParams[] {
  const settings: StoredParams[] = [{}];
  for (const column of columns) {
    if ('column' in params) settings.push({ column });
    if ('columns' in params) settings.push({ columns: [column] });
    if ('left' in params) settings.push(...columns.map((right) => ({ left: column, right })));
  }
  if ('minimumRows' in params) settings.push({ names: 2, minimumRows: 60 });
  return settings;
}

/** All that a feature may have made of a split, as text; null where the component refuses it. */
async function madeOf({ id }: ComponentSpec, split: Split, params: StoredParams): Promise<string | null> {
  try {
    const { outputs } = await runComponent(await catalogue[id](), { split }, split, { params });
    const made = outputs['split'];
    if (made.type !== 'split') throw new Error(`${id} made a ${made.type}`);
    const { users, items, examples } = made.dataset;
    return fingerprint([users.table, items.table, examples?.table ?? null, made.crosses]);
  } catch (thrown) {
    if (thrown instanceof RunboardError && thrown.code !== 'internal') return null;
    throw thrown;
  }
}

describe('features', () => {
  it.each(features.map((spec) => [spec.id, spec] as const))('%s: do not notice held-out rows', async (_id, spec) => {
    let compared = 0;
    for (const { split, columns } of worlds) {
      const other = withOtherHeldOutRows(split);
      for (const params of settingsFor(spec, columns)) {
        const made = await madeOf(spec, split, params);
        expect(await madeOf(spec, other, params), JSON.stringify(params)).toBe(made);
        if (made !== null) compared++;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});
