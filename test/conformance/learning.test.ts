// What every component that learns must have learned, and what it refuses to learn from.
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/components/catalogue.generated.ts';
import { specs } from '../../shared/components/specs.generated.ts';
import type { ComponentSpec } from '../../shared/contract/component.ts';
import type { Examples, Value } from '../../shared/contract/values.ts';
import { auc } from '../../shared/kernels/auc.ts';
import type { TestContext } from '../support/context.ts';
import { listsOf, runComponent as run } from '../support/run-component.ts';
import { sampleInputs } from '../support/sample-values.ts';
import { checkerboard } from '../support/small-worlds.ts';

const all = Object.values(specs);

/** Examples that no ranker of probabilities can learn from, and what it is to say. */
const unlearnable: [string, (examples: Examples) => Examples, object, (ranker: ComponentSpec) => boolean][] = [
  [
    'labels that are no probabilities',
    (examples) => ({ ...examples, label: examples.label.map((one) => 5 * one) }),
    { code: 'bad-data', message: expect.stringContaining('5') as string },
    () => true,
  ],
  [
    'labels that are all alike',
    (examples) => ({ ...examples, label: examples.label.map(() => 1) }),
    { code: 'bad-data', message: expect.stringContaining('are 1') as string },
    // Trees grow none, and say so.
    ({ id }) => id !== 'gbdt',
  ],
  [
    'examples of which none is in the training part',
    (examples) => ({ ...examples, part: examples.part.map(() => 2) }),
    { code: 'bad-data', message: expect.stringContaining('no training') as string },
    () => true,
  ],
  [
    'a weight without limit',
    (examples) => ({ ...examples, weight: examples.label.map((_, row) => (row === 0 ? Infinity : 1)) }),
    { code: 'bad-data', message: expect.stringContaining('Infinity') as string },
    () => true,
  ],
  [
    'weights that are all 0',
    (examples) => ({ ...examples, weight: examples.label.map(() => 0) }),
    { code: 'bad-data', message: expect.stringContaining('weights are 0') as string },
    () => true,
  ],
];

const rankers = all.filter(({ stage, id }) => stage === 'ranking' && id !== 'calibrator');

describe.each(rankers.map((spec) => [spec.id, spec] as const))('%s', (id, spec) => {
  it.each(unlearnable.filter(([, , , applies]) => applies(spec)))('refuses %s', async (_name, change, fault) => {
    const split = checkerboard();
    const changed = Object.fromEntries(
      Object.entries(sampleInputs(spec.inputs, split)).map(([name, value]): [string, Value | Value[]] => [
        name,
        !Array.isArray(value) && value.type === 'examples' ? change(value) : value,
      ]),
    );
    await expect(run(await catalogue[id](), changed, split)).rejects.toMatchObject(fault);
  });
});

/** What a ranker says of examples: probabilities in the right order in the test part, and how it came to them. */
function expectLearned(scored: Examples, curve: TestContext['said']['curve']): void {
  const test = [...scored.part.keys()].filter((row) => scored.part[row] === 2);
  const prediction = scored.prediction ?? new Float32Array(0);
  const [told, right] = [prediction, scored.label].map((values) => test.map((row) => values[row]));
  expect(auc(told, right)).toBeGreaterThan(0.95);
  expect(scored.probability).toBe(true);
  expect(prediction.every((p) => p >= 0 && p <= 1)).toBe(true);
  expect(curve.length).toBeGreaterThan(1);
  expect(Object.keys(curve[0].values).join()).toMatch(/auc/i);
}

describe('what the checkerboard teaches', () => {
  const learners = all.filter(
    (spec) =>
      (spec.stage === 'retrieval' &&
        (specs[spec.id].inputs['split']?.types[0] ?? '') === 'split' &&
        !['random', 'popularity'].includes(spec.id)) ||
      (spec.stage === 'ranking' && spec.id !== 'calibrator'),
  );

  it.each(learners.map((spec) => [spec.id]))('%s puts items of the own parity first', async (id) => {
    const component = await catalogue[id]();
    const split = checkerboard(40, 24);
    const { outputs, said } = await run(component, sampleInputs(specs[id].inputs, split), split);
    if (outputs['examples']?.type === 'examples') expectLearned(outputs['examples'], said.curve);
    const [lists] = listsOf(outputs);
    let right = 0;
    let asked = 0;
    for (let r = 0; r < lists.requests.user.length; r++) {
      if (lists.requests.part[r] !== 2 || lists.offsets[r] === lists.offsets[r + 1]) continue;
      asked++;
      if ((lists.items[lists.offsets[r]] + lists.requests.user[r]) % 2 === 0) right++;
    }
    expect(asked).toBeGreaterThan(30);
    expect(right / asked).toBeGreaterThanOrEqual(0.9);
  });
});
