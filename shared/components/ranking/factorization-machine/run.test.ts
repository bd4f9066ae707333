import { expect, it } from 'vitest';
import { aucOfProduct } from '../../../../test/support/product-of-features.ts';
import { component } from './run.ts';

it('learns a product of features', async () => {
  const params = { width: 8, epochs: 30, batchSize: 32, learningRate: 0.05, decay: 0 };
  expect(await aucOfProduct(component, params)).toBeGreaterThan(0.95);
});
