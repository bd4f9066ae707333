import { expect, it } from 'vitest';
import { aucOfProduct } from '../../../../test/support/product-of-features.ts';
import { component } from './run.ts';

it.each([
  ['stacked', 0],
  ['stacked', 3],
  ['parallel', 0],
  ['parallel', 3],
] as const)('learns a product of features when %s with rank %d', async (structure, rank) => {
  const params = { epochs: 25, batchSize: 32, decay: 0, dropout: 0.1, hidden: [16], structure, rank };
  expect(await aucOfProduct(component, params)).toBeGreaterThan(0.95);
});
