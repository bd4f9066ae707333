import { expect, it } from 'vitest';
import { aucOfProduct } from '../../../../test/support/product-of-features.ts';
import { component } from './run.ts';

it.each([
  ['learns a product of features', {}, 0.95, 1],
  ['learns it without the wide part too', { wide: false }, 0.95, 1],
  ['is a linear model with no layers', { hidden: [] }, 0, 0.8],
] as const)('%s', async (_name, changes, least, most) => {
  const params = { epochs: 25, batchSize: 32, decay: 0, dropout: 0.1, hidden: [32], ...changes };
  const found = await aucOfProduct(component, params);
  expect(found).toBeGreaterThanOrEqual(least);
  expect(found).toBeLessThanOrEqual(most);
});
