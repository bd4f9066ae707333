import { expect, it } from 'vitest';
import { testContext } from '../../test/support/context.ts';
import { trainInEpochs } from './training-loop.ts';
import type { LoopSettings, Trainee } from './training-loop.ts';

const settings: LoopSettings = {
  epochs: 10,
  batchSize: 4,
  learningRate: 1,
  patience: 1,
  figure: 'figure',
  better: 'higher',
};
const rows = Int32Array.from({ length: 10 }, (_, i) => i);

/** A model whose only weight is the number of its epochs, with the figures it will be found to have. */
function counter(figures?: readonly number[]): Trainee & { weight: number; kept: number; rates: number[] } {
  const model = {
    weight: 0,
    kept: -1,
    rates: [] as number[],
    step(_order: Int32Array, from: number): number {
      if (from === 0) model.weight++;
      return 1;
    },
    setRate: (rate: number) => void model.rates.push(rate),
    validate: figures === undefined ? undefined : () => figures[model.rates.length - 1],
    keep: () => void (model.kept = model.weight),
    restore: () => void (model.weight = model.kept),
  };
  return model;
}

it('ends with the best weights, at a tenth of the rate after a plateau', async () => {
  const model = counter([1, 3, 2, 2.5, 9]);
  const context = testContext();
  await trainInEpochs(model, rows, settings, context);
  expect(model.weight).toBe(2);
  expect(model.rates).toEqual([1, 1, 1, 0.1]);
  expect(context.said.curve.map(({ values }) => values['figure'])).toEqual([1, 3, 2, 2.5]);
  expect(context.said.measures['best epoch']).toBe(2);
});

it('trains all epochs and says so where nothing is held out', async () => {
  const model = counter();
  const context = testContext();
  await trainInEpochs(model, rows, settings, context);
  expect(model.weight).toBe(10);
  expect(context.said.warnings[0]).toContain('no validation part');
});

it('lowers the rate evenly over the epochs where asked to', async () => {
  const model = counter();
  await trainInEpochs(model, rows, { ...settings, epochs: 3, lastRate: 0.1 }, testContext());
  expect(model.rates).toEqual([1, 0.55, 0.1].map((rate) => expect.closeTo(rate, 10)));
});

it('stops a diverged training at once, and a cancelled one between batches', async () => {
  const broken: Trainee = { ...counter(), step: () => NaN };
  await expect(trainInEpochs(broken, rows, settings, testContext())).rejects.toMatchObject({
    code: 'diverged',
    remedy: expect.stringContaining('learning rate'),
  });
  await expect(trainInEpochs(counter(), rows, settings, testContext({ cancelAfter: 2 }))).rejects.toMatchObject({
    code: 'cancelled',
  });
});
