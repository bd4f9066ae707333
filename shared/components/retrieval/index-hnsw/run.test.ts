import { expect, it } from 'vitest';
import { retrieve } from '../../../../test/support/retrieval.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
import type { Model } from '../../../contract/values.ts';
import { Xoshiro } from '../../../kernels/random.ts';
import { component as exact } from '../index-exact/run.ts';
import { component } from './run.ts';

/** Random vectors over a larger checkerboard. */
function model(): Model {
  const split = checkerboard(60, 600);
  const random = new Xoshiro(1, 'vectors');
  const draw = (count: number): Float32Array => Float32Array.from({ length: count * 8 }, () => random.normal());
  return { type: 'model', component: 'by hand', split, vectors: { width: 8, users: draw(60), items: draw(600) } };
}

it('finds what an exact scan finds when it looks everywhere, and measures that', async () => {
  const given = { model: model() };
  const found = await retrieve(component, given, { keep: 20, searchEffort: 600 });
  const best = await retrieve(exact, given, { keep: 20 });
  expect(found.candidates.items).toEqual(best.candidates.items);
  expect(found.said.measures['recall of exact @20']).toBe(1);
  expect(found.said.warnings).toEqual([]);
});

it('looks at fewer items with less effort, and warns of what it loses', async () => {
  const much = await retrieve(component, { model: model() }, { keep: 10, searchEffort: 300 });
  const little = await retrieve(
    component,
    { model: model() },
    { keep: 10, searchEffort: 10, links: 2, buildEffort: 2 },
  );
  expect(little.said.measures['share of items compared']).toBeLessThan(much.said.measures['share of items compared']);
  expect(little.said.measures['recall of exact @10']).toBeLessThan(0.9);
  expect(little.said.warnings[0]).toContain('raise the search effort');
});
