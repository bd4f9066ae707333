import { describe, expect, it } from 'vitest';
import { Xoshiro } from '#shared/kernels/random.ts';
import { exponentials, inBatchSoftmax } from './in-batch-softmax.ts';

/** Mean loss, pair by pair, from the definition. */
function naiveLoss(logits: Float32Array, items: Int32Array, logChance: Float32Array | null, maskHits: boolean): number {
  const size = items.length;
  let total = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    const z = (j: number): number => logits[i * size + j] - (logChance?.[j] ?? 0);
    for (let j = 0; j < size; j++) if (j === i || !maskHits || items[j] !== items[i]) sum += Math.exp(z(j));
    total += Math.log(sum) - z(i);
  }
  return total / size;
}

describe('inBatchSoftmax', () => {
  const random = new Xoshiro(1, 'softmax');
  const size = 9;
  const logits = Float32Array.from({ length: size * size }, () => 4 * random.normal());
  const items = Int32Array.of(3, 1, 3, 2, 5, 1, 3, 8, 9);
  const logChance = Float32Array.from(items, (item) => Math.log(0.01 * (item + 1)));

  it.each([
    ['as it is', null, false],
    ['with accidental hits masked', null, true],
    ['with the correction for popularity', logChance, true],
  ])('gives the loss of the definition and its slope, %s', (_name, chance, maskHits) => {
    const gradient = logits.slice();
    const loss = inBatchSoftmax(gradient, { items, logChance: chance, maskHits });
    expect(loss).toBeCloseTo(naiveLoss(logits, items, chance, maskHits), 5);
    for (let c = 0; c < logits.length; c++) {
      const up = logits.slice();
      const down = logits.slice();
      up[c] += 1e-2;
      down[c] -= 1e-2;
      const numeric =
        (naiveLoss(up, items, chance, maskHits) - naiveLoss(down, items, chance, maskHits)) / (up[c] - down[c]);
      expect(gradient[c]).toBeCloseTo(numeric, 4);
    }
  });

  it('is ln 2 for two equal logits, and zero where the only other item is the same', () => {
    expect(
      inBatchSoftmax(new Float32Array(4), { items: Int32Array.of(0, 1), logChance: null, maskHits: true }),
    ).toBeCloseTo(Math.log(2), 7);
    expect(inBatchSoftmax(new Float32Array(4), { items: Int32Array.of(7, 7), logChance: null, maskHits: true })).toBe(
      0,
    );
  });

  it('stays finite for huge logits and passes NaN on', () => {
    expect(
      inBatchSoftmax(Float32Array.of(1e30, -1e30, -1e30, 1e30), {
        items: Int32Array.of(0, 1),
        logChance: null,
        maskHits: true,
      }),
    ).toBe(0);
    expect(
      inBatchSoftmax(Float32Array.of(NaN, 0, 0, 0), { items: Int32Array.of(0, 1), logChance: null, maskHits: true }),
    ).toBeNaN();
  });
});

it('takes exponentials to a relative 1e-7', () => {
  for (let z = 0; z > -86; z -= 0.037) {
    const values = Float32Array.of(z);
    const exact = Math.exp(values[0]);
    expect(Math.abs(exponentials(values, 0, 1, 0) / exact - 1)).toBeLessThan(1e-7);
  }
  expect(exponentials(Float32Array.of(-200), 0, 1, 0)).toBe(0);
});
