import { describe, expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
import type { Examples } from '#shared/contract/values.ts';
import { auc } from '#shared/kernels/auc.ts';
import { logLoss } from '#shared/kernels/log-loss.ts';
import { Xoshiro } from '#shared/kernels/random.ts';
import { CandidateLists } from '#shared/values/candidate-lists.ts';
import { component } from './run.ts';

const split = checkerboard();

/** Labels drawn from true probabilities, predictions that are far too sure of themselves. */
function overconfident(rows = 6000): Examples {
  const random = new Xoshiro(8, 'calibrator');
  const logit = Float64Array.from({ length: rows }, () => random.normal());
  return {
    type: 'examples',
    split,
    rows,
    features: [],
    label: Float32Array.from(logit, (z) => Number(random.next() < 1 / (1 + Math.exp(-z)))),
    part: Uint8Array.from(logit, (_, row) => row % 3),
    weight: null,
    group: null,
    user: null,
    item: null,
    time: null,
    labelling: 'drawn',
    prediction: Float32Array.from(logit, (z) => 1 / (1 + Math.exp(-(3 * z + 1)))),
    probability: true,
  };
}

const examples = overconfident();
const test = [...examples.part.keys()].filter((row) => examples.part[row] === 2);
const lossOf = ({ prediction, label }: Examples): number =>
  logLoss(
    test.map((row) => prediction![row]),
    test.map((row) => label[row]),
  );
const aucOf = ({ prediction, label }: Examples): number =>
  auc(
    test.map((row) => prediction![row]),
    test.map((row) => label[row]),
  );

async function calibrate(method: 'platt' | 'isotonic', of = examples): Promise<Examples> {
  const inputs = { examples: of, candidates: undefined };
  const state = await component.fit!(inputs, { method }, testContext());
  return (await component.apply(state, inputs, { method }, testContext())).examples;
}

describe.each(['platt', 'isotonic'] as const)('%s', (method) => {
  it('makes predictions come true as often as they say, on rows it has not seen', async () => {
    const after = await calibrate(method);
    const best = lossOf({
      ...examples,
      prediction: examples.prediction!.map((p) => 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) - 1) / 3))),
    });
    expect(lossOf(examples)).toBeGreaterThan(best + 0.1);
    expect(lossOf(after)).toBeLessThan(best + 0.01);
    expect(after.probability).toBe(true);
  });

  it('keeps the order', async () => {
    expect(Math.abs(aucOf(await calibrate(method)) - aucOf(examples))).toBeLessThan(0.002);
  });

  it('looks at no label but those of the validation part', async () => {
    const altered = {
      ...examples,
      label: examples.label.map((label, row) => (examples.part[row] === 1 ? label : 1 - label)),
    };
    expect((await calibrate(method, altered)).prediction).toEqual((await calibrate(method)).prediction);
  });

  it('takes scores that are no probabilities', async () => {
    const raw = { ...examples, prediction: examples.prediction!.map((p) => Math.log(p / (1 - p))), probability: false };
    expect(lossOf(await calibrate(method, raw))).toBeCloseTo(lossOf(await calibrate(method)), 3);
  });
});

it('calibrates candidates in their order', async () => {
  const lists = new CandidateLists(split, split.requests, 2);
  for (let r = 0; r < split.requests.user.length; r++) lists.add(Int32Array.of(1, 2), Float32Array.of(0.99, 0.7));
  const inputs = { examples, candidates: lists.finish('ranker') };
  const state = await component.fit!(inputs, { method: 'platt' }, testContext());
  const { candidates } = await component.apply(state, inputs, { method: 'platt' }, testContext());
  expect([...candidates.items.subarray(0, 2)]).toEqual([1, 2]);
  // True log-odds: (ln(0.99 / 0.01) - 1) / 3.
  expect(candidates.scores[0]).toBeCloseTo(1 / (1 + Math.exp(-(Math.log(99) - 1) / 3)), 1);
});

it('names what is missing, and doubts small samples', async () => {
  const context = testContext();
  const fit = async (of: Examples): Promise<unknown> =>
    component.fit!({ examples: of, candidates: undefined }, { method: 'platt' }, context);
  await expect(fit({ ...examples, prediction: null })).rejects.toThrow(/no predictions/);
  await expect(fit({ ...examples, part: examples.part.map(() => 0) })).rejects.toThrow(/no validation part/);
  await expect(fit({ ...examples, label: examples.label.map(() => 3) })).rejects.toThrow(/a label is 3/);
  await fit(overconfident(60));
  expect(context.said.warnings.join()).toMatch(/20 validation examples only/);
});
