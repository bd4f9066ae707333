import { describe, expect, it } from 'vitest';
import type { RunnableComponent } from '#shared/contract/component.ts';
import type { Candidates, Split } from '#shared/contract/values.ts';
import { noCandidates } from '#shared/values/rank-candidates.ts';
import { testContext } from '../../test/support/context.ts';
import { sampleCandidates, sampleExamples } from '../../test/support/sample-values.ts';
import { checkerboard } from '../../test/support/small-worlds.ts';
import { toySpec } from '../../test/support/toy-components.ts';
import type { NodeHost } from './node-context.ts';
import type { NodeOutcome, NodeTask } from './node-outcome.ts';
import { runNode } from './run-node.ts';

const split = checkerboard();

/** Runs a component on the checkerboard by a clock that moves each time it is read; hears its progress. */
async function ran(
  component: Partial<RunnableComponent> & Pick<RunnableComponent, 'apply'>,
  task: Partial<NodeTask> = {},
  { tick = 1, memory = () => null }: { readonly tick?: number; readonly memory?: NodeHost['memory'] } = {},
): Promise<{ outcome: NodeOutcome; shares: number[] }> {
  let now = 0;
  const shares: number[] = [];
  const host: NodeHost = {
    ports: testContext().ports,
    clock: () => (now += tick),
    memory,
    cancelled: () => false,
    breathe: () => Promise.resolve(),
  };
  const outcome = await runNode(
    { spec: toySpec('toy', ['split'], ['list']), ...component },
    { id: 'toy', title: 'Toy', component: 'toy', params: {}, inputs: { split }, seed: 1, ...task },
    host,
    { progress: (share) => void shares.push(share), curve() {} },
  );
  return { outcome, shares };
}

const reporting: RunnableComponent['apply'] = (_ready, inputs, _params, context) => {
  for (const share of [0, 0.5, 1]) context.progress(share);
  return { list: sampleCandidates(inputs['split'] as Split, 'list') };
};
const fit: RunnableComponent['fit'] = (_inputs, _params, context) => {
  for (const share of [0, 0.5, 1]) context.progress(share);
  return null;
};

describe('the progress of a node', () => {
  it('rises from 0 to 1 over learning, answering and measuring', async () => {
    const { shares } = await ran({ fit, apply: reporting });
    expect(shares.slice(0, 3)).toEqual([0, 0.4, 0.8]);
    expect(shares[3]).toBe(0.8);
    expect(shares.at(-1)).toBe(1);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
  });

  it.each<[string, Partial<RunnableComponent>, Partial<NodeTask>]>([
    ['nothing is learned', {}, {}],
    ['it was learned before', { fit }, { state: 7 }],
  ])('begins at 0 also where %s', async (_, component, task) => {
    const { shares } = await ran({ ...component, apply: reporting }, task);
    expect(shares.slice(0, 3)).toEqual([0, 0.485, 0.97]);
    expect(shares.at(-1)).toBe(1);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
  });
});

it('times single requests that are spread evenly over the test requests', async () => {
  const asked: number[] = [];
  const { outcome } = await ran({
    apply(_ready, inputs) {
      const { requests } = inputs['split'] as Split;
      if (requests.user.length === 1) asked.push(requests.user[0]);
      return { list: sampleCandidates(inputs['split'] as Split, 'list') satisfies Candidates };
    },
  });
  const users = [...split.requests.user].filter((_, row) => split.requests.part[row] === 2);
  expect(outcome.latency?.requests).toBe(450);
  expect(asked).toHaveLength(455);
  const times = users.map((user) => asked.filter((one) => one === user).length);
  expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1);
});

it('asks no more single requests of a slow node than a second and a half allow', async () => {
  const { outcome } = await ran({ apply: reporting }, {}, { tick: 10 });
  // Three looks at the clock for each, before, after, and whether to go on: 51 of them are the first to take longer; five warm up.
  expect(outcome.latency?.requests).toBe(46);
});

it('tells the memory of a node by its highest point', async () => {
  const bytes = [100, 130, 500, 200];
  const { outcome } = await ran({ apply: reporting }, {}, { memory: () => bytes.shift() ?? 150 });
  expect(outcome.memoryBytes).toBe(370);
});

describe('what a node gives', () => {
  const examples = sampleExamples(split);
  const candidates = sampleCandidates(split);
  const nobody = noCandidates(examples);

  it('is the items of a request of a ranker that is asked', async () => {
    const spec = toySpec('ranker', ['split'], ['candidates', 'examples']);
    const { outcome } = await ran({ spec, apply: () => ({ candidates, examples }) });
    const { out, unit } = outcome;
    expect({ out, unit }).toEqual({
      out: candidates.items.length / split.requests.user.length,
      unit: 'items per request',
    });
  });

  it('is the examples of a ranker that no candidates are wired to', async () => {
    const spec = toySpec('ranker', ['examples'], ['candidates', 'examples']);
    const { outcome } = await ran({ spec, apply: () => ({ candidates: nobody, examples }) }, { inputs: { examples } });
    expect(outcome).toMatchObject({ in: examples.rows, out: examples.rows, unit: 'examples' });
  });

  it('is not 0 where there is nobody to give it to', async () => {
    const { outcome } = await ran({ apply: () => ({ list: { ...nobody, type: 'list' } }) });
    expect(outcome).toMatchObject({ in: null, out: null });
  });
});
