import { describe, expect, it } from 'vitest';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Examples } from '#shared/contract/values.ts';
import { auc } from '#shared/kernels/auc.ts';
import { putTogether, takeApart } from '#shared/values/bundle.ts';
import { noExamples } from '#shared/values/no-examples.ts';
import { candidatesFor } from '#shared/values/requests.ts';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { sampleCandidates, sampleExamples } from '../../../../test/support/sample-values.ts';
import { checkerboard } from '../../../../test/support/small-worlds.ts';
import { tensorPorts } from '../../../../test/support/tensor-asset.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

const params: ParamValues<typeof spec.params> = {
  ...defaultParams(spec.params),
  epochs: 25,
  batchSize: 32,
  decay: 0,
  dropout: 0.1,
  hidden: [32],
};
const split = { ...checkerboard(), crosses: [] };
const context = (): ReturnType<typeof testContext> => testContext({ ports: tensorPorts });

/** Who likes what, by parity of user and item: a product of features, which a sum of weights cannot learn. */
const examples: Examples = sampleExamples(split);

type State = Awaited<ReturnType<NonNullable<typeof component.fit>>>;

async function fitted(of: Examples, said = context(), chosen: typeof params = params): Promise<State> {
  return (await component.fit?.({ examples: of, candidates: undefined }, chosen, said)) as State;
}

async function score(
  state: State,
  of: Examples,
  candidates?: ReturnType<typeof sampleCandidates>,
): Promise<Awaited<ReturnType<typeof component.apply>>> {
  const ready = await component.open!(state, { examples: of, candidates }, params, context());
  return component.apply(ready, { examples: of, candidates }, params, context());
}

describe(spec.title, () => {
  it('learns the checkerboard, draws its curve, and answers with probabilities', async () => {
    const said = context();
    const { examples: scored } = await score(await fitted(examples, said), examples);
    const test = [...scored.part.keys()].filter((row) => scored.part[row] === 2);
    const prediction = scored.prediction ?? new Float32Array(0);
    expect(
      auc(
        test.map((row) => prediction[row]),
        test.map((row) => scored.label[row]),
      ),
    ).toBeGreaterThan(0.95);
    expect(scored.probability).toBe(true);
    expect(prediction.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(said.said.curve.length).toBeGreaterThan(1);
    expect(said.said.curve[0].values).toHaveProperty('validation AUC');
  });

  it('puts candidates in order, the same alone as among others, and after being stored', async () => {
    const state = await fitted(examples);
    const candidates = sampleCandidates(split);
    const { candidates: ordered } = await score(state, examples, candidates);
    for (let r = 0; r < ordered.requests.user.length; r++) {
      const scores = [...ordered.scores.subarray(ordered.offsets[r], ordered.offsets[r + 1])];
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }
    const blobs = new Map<string, Uint8Array>();
    const bundle = takeApart(state, (bytes) => (blobs.set(String(blobs.size), bytes.slice()), String(blobs.size - 1)));
    const stored = putTogether(bundle.json, (name) => blobs.get(name) ?? new Uint8Array(0)) as State;
    const { candidates: alone } = await score(
      stored,
      noExamples(examples),
      candidatesFor(candidates, Int32Array.of(3)),
    );
    const [from, to] = [ordered.offsets[3], ordered.offsets[4]];
    expect(alone.items).toEqual(ordered.items.slice(from, to));
    expect(alone.scores).toEqual(ordered.scores.slice(from, to));
  });

  it('repeats itself for one seed, and never looks at labels of the test part', async () => {
    const label = examples.label.map((one, row) => (examples.part[row] === 2 ? 1 - one : one));
    expect(await fitted({ ...examples, label })).toEqual(await fitted(examples));
  });

  it('can be cancelled, and refuses labels that it cannot learn from', async () => {
    await expect(fitted(examples, testContext({ ports: tensorPorts, cancelAfter: 3 }))).rejects.toMatchObject({
      code: 'cancelled',
    });
    await expect(fitted({ ...examples, label: examples.label.map((one) => 5 * one) })).rejects.toMatchObject({
      code: 'bad-data',
      message: expect.stringContaining('a label is 5'),
    });
    await expect(fitted({ ...examples, label: examples.label.map(() => 1) })).rejects.toMatchObject({
      code: 'bad-data',
      message: expect.stringContaining('are 1'),
    });
    await expect(fitted({ ...examples, part: examples.part.map(() => 2) })).rejects.toMatchObject({
      code: 'bad-data',
      message: expect.stringContaining('no training'),
    });
  });

  it('learns without the wide part too, and with no layers is a linear model', async () => {
    for (const [chosen, least, most] of [
      [{ ...params, wide: false }, 0.95, 1],
      [{ ...params, hidden: [] }, 0, 0.8],
    ] as const) {
      const state = await fitted(examples, context(), chosen);
      const ready = await component.open!(state, { examples, candidates: undefined }, chosen, context());
      const { examples: scored } = await component.apply(ready, { examples, candidates: undefined }, chosen, context());
      const found = auc(scored.prediction ?? new Float32Array(0), scored.label);
      expect(found).toBeGreaterThanOrEqual(least);
      expect(found).toBeLessThanOrEqual(most);
    }
  });
});
