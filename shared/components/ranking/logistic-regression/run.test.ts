import { expect, it } from 'vitest';
import type { RunnableComponent } from '#shared/contract/component.ts';
import { aucOfProduct } from '../../../../test/support/product-of-features.ts';
import { runComponent } from '../../../../test/support/run-component.ts';
import { sampleExamples } from '../../../../test/support/sample-values.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
import { component } from './run.ts';

it('shows the largest weights', async () => {
  const split = checkerboard();
  const { said } = await runComponent(component as RunnableComponent, { examples: sampleExamples(split) }, split);
  expect(said.sheets).toEqual(['weights']);
});

it('learns no product of features that no cross tells of', async () => {
  expect(await aucOfProduct(component, { iterations: 60 })).toBeLessThan(0.8);
});
