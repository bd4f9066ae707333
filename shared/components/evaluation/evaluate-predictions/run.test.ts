import { describe, expect, it } from 'vitest';
import type { Examples, MetricValue } from '../../../contract/values.ts';
import type { ParamValues } from '../../../contract/params.ts';
import { Xoshiro } from '../../../kernels/random.ts';
import type { TestContext } from '../../../../test/support/context.ts';
import { testContext } from '../../../../test/support/context.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
import { component } from './run.ts';
import type { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

const defaults: Params = {
  metrics: ['auc', 'user-auc', 'log-loss'],
  part: 'test',
  k: [2],
  threshold: 0.5,
  bins: 10,
  slices: [],
  resamples: 200,
};

/** Test examples from rows of [user, prediction, label], and two training examples, one of them positive. */
function examplesOf(rows: readonly (readonly [number, number, number])[], changes: Partial<Examples> = {}): Examples {
  const all = [[0, 0.5, 1], [0, 0.5, 0], ...rows] as const;
  return {
    type: 'examples',
    split: checkerboard(),
    rows: all.length,
    features: [
      {
        name: 'row.size',
        from: 'row',
        column: { kind: 'category', codes: Int32Array.from(all, ([user]) => user % 2), names: ['small', 'large'] },
      },
    ],
    label: Float32Array.from(all, ([, , label]) => label),
    part: Uint8Array.from(all, (_row, i) => (i < 2 ? 0 : 2)),
    weight: null,
    group: null,
    user: Int32Array.from(all, ([user]) => user),
    item: null,
    time: null,
    labelling: 'by hand',
    prediction: Float32Array.from(all, ([, prediction]) => prediction),
    probability: true,
    ...changes,
  };
}

async function evaluate(examples: Examples, params: Partial<Params> = {}, context: TestContext = testContext()) {
  return (await component.apply(null, { examples }, { ...defaults, ...params }, context)).metrics;
}

const value = (metric: MetricValue): number => metric.value ?? NaN;

describe('six examples of two users by hand', () => {
  // User 5: positive .75 over negative .5, positive .25 under it. User 4: positive .875 over negative .125; all alike .5.
  const examples = examplesOf([
    [5, 0.75, 1],
    [5, 0.5, 0],
    [5, 0.25, 1],
    [4, 0.875, 1],
    [4, 0.125, 0],
    [4, 0.5, 0],
  ]);

  it('AUC over all and within users, log loss and its baseline', async () => {
    const { metrics, baselines, users, perUser } = await evaluate(examples, {
      metrics: ['auc', 'user-auc', 'user-auc-mean', 'user-auc-examples', 'log-loss', 'normalised-entropy'],
    });
    expect(value(metrics['auc'])).toBeCloseTo((3 + 3 + 1) / 9, 12);
    expect(value(metrics['user-auc'])).toBeCloseTo((2 * 0.5 + 1) / 3, 12);
    expect(value(metrics['user-auc-mean'])).toBeCloseTo(0.75, 12);
    expect(value(metrics['user-auc-examples'])).toBeCloseTo((3 * 0.5 + 3) / 6, 12);
    const loss = -(Math.log(0.75) + Math.log(0.5) + Math.log(0.25) + 2 * Math.log(0.875) + Math.log(0.5)) / 6;
    expect(value(metrics['log-loss'])).toBeCloseTo(loss, 12);
    expect(value(metrics['normalised-entropy'])).toBeCloseTo(loss / Math.LN2, 12);
    expect(baselines['base rate']['auc'].value).toBe(0.5);
    expect(value(baselines['base rate']['normalised-entropy'])).toBeCloseTo(1, 12);
    expect([...users]).toEqual([5, 4]);
    expect([...perUser['user-auc']]).toEqual([0.5, 1]);
  });

  it('F1 at a threshold carries it in its name; calibration by hand', async () => {
    const { metrics } = await evaluate(examples, {
      metrics: ['f1', 'precision-threshold', 'recall-threshold', 'ece'],
      threshold: 0.6,
      bins: 2,
    });
    expect(Object.keys(metrics)).toEqual(['f1@0.6', 'precision-threshold@0.6', 'recall-threshold@0.6', 'ece']);
    expect(value(metrics['f1@0.6'])).toBeCloseTo(4 / 5, 12);
    // Below one half: .25, .125 with one positive; from there on: four predictions of sum 2.625 with two positives.
    expect(value(metrics['ece'])).toBeCloseTo((Math.abs(0.375 - 1) + Math.abs(2.625 - 2)) / 6, 12);
  });

  it('slices by a feature, draws the curves, and says what it measured', async () => {
    const { slices, plots, sheets } = await evaluate(examples, { slices: ['row.size'] });
    expect(slices['row.size: small']['auc']).toMatchObject({ value: 1, n: 3 });
    expect(value(slices['row.size: large']['auc'])).toBe(0.5);
    expect(plots.map(({ id }) => id)).toEqual(['roc', 'precision-recall', 'calibration']);
    expect(sheets[0].rows).toContainEqual(['users with both classes, counted in per-user AUC', 2]);
    await expect(evaluate(examples, { slices: ['row.age'] })).rejects.toThrow('there is no feature row.age');
  });
});

it('ranks within queries; LightGBM counts an empty query as 1, the others leave it out', async () => {
  const group = Int32Array.of(9, 9, 0, 0, 0, 1, 1);
  const examples = examplesOf(
    [
      [0, 3, 1],
      [0, 2, 2],
      [0, 1, 0],
      [1, 2, 0],
      [1, 1, 0],
    ],
    { group, user: null, probability: false },
  );
  const { metrics } = await evaluate(examples, { metrics: ['ndcg-exponential', 'ndcg-lightgbm', 'ndcg'] });
  const first = (1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3));
  expect(value(metrics['ndcg-exponential@2'])).toBeCloseTo(first, 12);
  expect(metrics['ndcg-exponential@2'].n).toBe(1);
  expect(value(metrics['ndcg-lightgbm@2'])).toBeCloseTo((first + 1) / 2, 12);
  expect(metrics['ndcg@2'].value).toBe(1);
});

it('has no log loss for scores that are no probabilities, and says what to do', async () => {
  const context = testContext();
  const { metrics, baselines } = await evaluate(
    examplesOf(
      [
        [0, 7, 1],
        [0, -3, 0],
      ],
      { probability: false },
    ),
    {},
    context,
  );
  expect(metrics['log-loss'].value).toBeNull();
  expect(metrics['auc'].value).toBe(1);
  expect(baselines).toEqual({});
  expect(context.said.logs.join()).toContain('wire a calibrator');
});

it('refuses examples without predictions, and predictions that are no numbers', async () => {
  await expect(evaluate(examplesOf([], { prediction: null }))).rejects.toThrow('have no predictions');
  await expect(evaluate(examplesOf([[0, NaN, 1]]))).rejects.toThrow('the prediction for example 2 is NaN');
});

it('warns where train and test overlap in time', async () => {
  const context = testContext();
  await evaluate(
    examplesOf(
      [
        [0, 0.5, 1],
        [1, 0.2, 0],
      ],
      { time: Float64Array.of(1, 9, 5, 6) },
    ),
    {},
    context,
  );
  expect(context.said.warnings).toEqual([
    '50.0 % of the examples learned from are later than the first one asked for: train and test overlap in time',
  ]);
});

it('takes examples of one user together: its interval is wider than that of as many independent rows', async () => {
  const random = new Xoshiro(1);
  // Forty examples per user that share one fate.
  const rows = Array.from({ length: 1200 }, (_, i): [number, number, number] => [Math.floor(i / 40), 0, 0]);
  const fate = Array.from({ length: 30 }, () => random.next());
  const clustered = rows.map(([user]): [number, number, number] => [
    user,
    0.5 + 0.4 * (random.next() - 0.5),
    random.next() < fate[user] ? 1 : 0,
  ]);
  const width = ({ low, high }: MetricValue): number => (high ?? NaN) - (low ?? NaN);
  const byUser = await evaluate(examplesOf(clustered), { metrics: ['log-loss', 'precision-threshold'], threshold: 0 });
  const byRow = await evaluate(examplesOf(clustered, { user: null }), {
    metrics: ['log-loss', 'precision-threshold'],
    threshold: 0,
  });
  expect(width(byUser.metrics['precision-threshold@0'])).toBeGreaterThan(
    2 * width(byRow.metrics['precision-threshold@0']),
  );
});
