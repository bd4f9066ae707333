// The known traps of offline evaluation, each set for us and not stepped into.
import { describe, expect, it } from 'vitest';
import { component as evaluateLists } from '../../shared/components/evaluation/evaluate-lists/run.ts';
import { spec as listsSpec } from '../../shared/components/evaluation/evaluate-lists/spec.ts';
import { component as evaluatePredictions } from '../../shared/components/evaluation/evaluate-predictions/run.ts';
import { spec as predictionsSpec } from '../../shared/components/evaluation/evaluate-predictions/spec.ts';
import type { ParamValues } from '../../shared/contract/params.ts';
import type { Candidates, Examples, Metrics, Split } from '../../shared/contract/values.ts';
import { auc } from '../../shared/kernels/auc.ts';
import { Xoshiro } from '../../shared/kernels/random.ts';
import { listWorld } from '../../shared/metrics/list-world.ts';
import { comparePerUser } from '../../shared/values/compare-runs.ts';
import { hiddenItems } from '../../shared/values/history.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { defaultParams } from '../support/default-params.ts';
import { handLists } from '../support/hand-lists.ts';
import { checkerboard, datasetOf, splitOf } from '../support/small-worlds.ts';

type ListParams = ParamValues<typeof listsSpec.params>;

const listDefaults = defaultParams(listsSpec.params);
const predictionDefaults = defaultParams(predictionsSpec.params);

async function evaluate(
  lists: Candidates,
  params: Partial<ListParams> = {},
  context: TestContext = testContext(),
): Promise<Metrics> {
  return (
    await evaluateLists.apply(null, { lists, baselines: [] }, { ...listDefaults, slices: [], ...params }, context)
  ).metrics;
}

/** The whole catalogue for every request, hidden items left out, scored by `score`, best first. */
function fullLists(split: Split, score: (user: number, item: number) => number): Candidates {
  const items = split.dataset.items.ids.length;
  const rows = Array.from(split.requests.user, (user, r) => {
    const hidden = new Set(hiddenItems(split, split.requests, r));
    return Array.from({ length: items }, (_, item) => [item, score(user, item)] as const)
      .filter(([item]) => !hidden.has(item))
      .sort((a, b) => b[1] - a[1]);
  });
  return handLists(split, rows);
}

/** 60 users with three held-out items each, out of 200; a model that knows a little. */
function noisyWorld(seed = 1): { split: Split; score: (user: number, item: number) => number } {
  const random = new Xoshiro(seed, 'world');
  const rows: [number, number, number, number][] = [];
  for (let user = 0; user < 60; user++) {
    const liked = new Set<number>();
    while (liked.size < 6) liked.add(random.integer(200));
    [...liked].forEach((item, at) => rows.push([user, item, at < 3 ? 1 : 2, 1]));
  }
  const split = splitOf(datasetOf(rows, { users: 60, items: 200 }), {
    train: rows.flatMap(([, , time], row) => (time === 1 ? [row] : [])),
    test: rows.flatMap(([, , time], row) => (time === 2 ? [row] : [])),
  });
  const relevant = new Set(rows.filter(([, , time]) => time === 2).map(([user, item]) => user * 200 + item));
  const scores = Float64Array.from({ length: 60 * 200 }, (_, at) => random.normal() + (relevant.has(at) ? 1.5 : 0));
  return { split, score: (user, item) => scores[user * 200 + item] };
}

describe('1. sampled metrics', () => {
  it('ranks against the whole catalogue: a sample of negatives would flatter', async () => {
    const { split, score } = noisyWorld();
    const full = (await evaluate(fullLists(split, score))).metrics['recall@10'].value ?? NaN;
    const random = new Xoshiro(2, 'negatives');
    const held = new Set(
      Array.from(split.test, (row) => split.dataset.events.user[row] * 200 + split.dataset.events.item[row]),
    );
    const sampled = fullLists(split, (user, item) =>
      held.has(user * 200 + item) || random.next() < 0.25 ? score(user, item) : -99,
    );
    expect((await evaluate(sampled)).metrics['recall@10'].value).toBeGreaterThan(full * 1.3);
    const metrics = await evaluate(fullLists(split, score));
    expect(metrics.sheets[0].rows).toContainEqual(['ranked against', 'whole catalogue, 200 items']);
    expect(
      Object.keys(listsSpec.params).some((name) => /sampl(e|ing)|negative/i.test(name) && name !== 'resamples'),
    ).toBe(false);
  });
});

describe('2. the future in the training data', () => {
  const warned = async (split: Split): Promise<string[]> => {
    const context = testContext();
    await evaluate(
      fullLists(split, (_user, item) => -item),
      {},
      context,
    );
    return context.said.warnings;
  };
  it('warns where training events are later than the first one asked for', async () => {
    const rows = [
      [0, 0, 5, 1],
      [0, 1, 1, 1],
      [1, 2, 3, 1],
      [1, 0, 6, 1],
    ] as const;
    const dataset = datasetOf(rows, { users: 2, items: 4 });
    expect((await warned(splitOf(dataset, { train: [1, 2], test: [0, 3] }))).join()).not.toContain('later');
    expect((await warned(splitOf(dataset, { train: [0, 2], test: [1, 3] }))).join()).toContain(
      '100.0 % of the events learned from are later than the first one asked for: train and test overlap in time',
    );
  });
  it('labels a random split as leaking', async () => {
    const split = checkerboard();
    const random = { ...split, protocol: { name: 'random per user', leaksFuture: true, usersWithoutPositives: 0 } };
    expect((await warned(random)).join()).toContain('the split "random per user" leaks the future');
    const { sheets } = await evaluate(fullLists(random, (_user, item) => -item));
    expect(sheets[0].rows).toContainEqual(['leaks the future', 'yes']);
  });
});

describe('3. ties', () => {
  it('gives a model that scores all alike what chance gives, not what the order of the catalogue gives, and raises the alarm', async () => {
    const { split } = noisyWorld();
    // The catalogue puts every held-out item first.
    const held = new Set(Array.from(split.test, (row) => split.dataset.events.item[row]));
    const constant = handLists(
      split,
      Array.from(split.requests.user, (_user, r) => {
        const hidden = new Set(hiddenItems(split, split.requests, r));
        const open = Array.from({ length: 200 }, (_, item) => item).filter((item) => !hidden.has(item));
        return open.sort((a, b) => Number(held.has(b)) - Number(held.has(a))).map((item) => [item, 1] as const);
      }),
    );
    const context = testContext();
    const recalls = await Promise.all(
      [1, 2, 3, 4].map(
        async (seed) =>
          (await evaluate(constant, {}, seed === 1 ? context : testContext({ seed }))).metrics['recall@10'].value ??
          NaN,
      ),
    );
    const mean = recalls.reduce((a, b) => a + b, 0) / 4;
    expect(mean).toBeGreaterThan(0.02);
    expect(mean).toBeLessThan(0.09); // chance is 10 / 197 = 0.051
    // Each seed draws its own lots; within a run equal lists measure equally in every node.
    expect(new Set(recalls).size).toBeGreaterThan(1);
    const elsewhere = await evaluate(constant, {}, testContext({ nodeId: 'another-node' }));
    expect(elsewhere.metrics['recall@10'].value).toBe(recalls[0]);
    expect(context.said.warnings.join()).toContain(
      '60 of 60 lists (100.0 %) have equal scores on both sides of place 10',
    );
  });
  it('does not cry wolf over a tie in one list of a hundred', async () => {
    const { split, score } = noisyWorld();
    const context = testContext();
    await evaluate(fullLists(split, score), {}, context);
    expect(context.said.warnings.join()).not.toContain('equal scores');
  });
  it('counts a tie in AUC as half', () => {
    expect(auc([1, 1], [1, 0])).toBe(0.5);
  });
});

/** Examples of ten users, one of them keen on everything; the model knows only who is keen. */
function keenUsers(): Examples {
  const random = new Xoshiro(3, 'keen');
  const user = Int32Array.from({ length: 1000 }, (_, row) => Math.floor(row / 100));
  const keen = Float64Array.from({ length: 10 }, (_, who) => 0.05 + who * 0.1);
  return {
    type: 'examples',
    split: checkerboard(),
    rows: 1000,
    features: [],
    label: Float32Array.from(user, (who) => (random.next() < keen[who] ? 1 : 0)),
    part: new Uint8Array(1000).fill(2),
    weight: null,
    group: null,
    user,
    item: null,
    time: null,
    labelling: 'by hand',
    prediction: Float32Array.from(user, (who) => keen[who]),
    probability: true,
  };
}

describe('4. global AUC', () => {
  it('stands beside per-user AUC by default: knowing users is no ranking', async () => {
    const { metrics } = (
      await evaluatePredictions.apply(null, { examples: keenUsers() }, predictionDefaults, testContext())
    ).metrics;
    expect(metrics['auc'].value).toBeGreaterThan(0.7);
    expect(metrics['user-auc'].value).toBe(0.5);
  });
});

describe('5. no baseline', () => {
  it('asks for popularity and EASE unless told not to, and has a base rate beside predictions', async () => {
    expect(listsSpec.params.baselines.default).toBe(true);
    expect(listsSpec.inputs.baselines.many).toBe(true);
    const { baselines } = (
      await evaluatePredictions.apply(null, { examples: keenUsers() }, predictionDefaults, testContext())
    ).metrics;
    expect(Object.keys(baselines)).toEqual(['base rate']);
  });
});

describe('6. masking', () => {
  it('hides train and validation items from a test list, and train items only from a validation list', async () => {
    const split = checkerboard(4, 8);
    const { item } = split.dataset.events;
    const of = (rows: Int32Array, user: number): number[] =>
      [...rows].filter((row) => split.dataset.events.user[row] === user).map((row) => item[row]);
    // Known items stand first, then what is asked for.
    const lists = handLists(
      split,
      Array.from(split.requests.user, (user, r) => {
        const asked = of(split.requests.part[r] === 2 ? split.test : split.validation, user);
        const known =
          split.requests.part[r] === 2
            ? [...of(split.train, user), ...of(split.validation, user)]
            : of(split.train, user);
        return [...known, ...asked].map((one, at) => [one, -at] as const);
      }),
    );
    for (const part of ['test', 'validation'] as const) {
      expect((await evaluate(lists, { part, k: [1] })).metrics['recall@1'].value).toBe(1);
      expect((await evaluate(lists, { part, k: [1], hideKnown: false })).metrics['recall@1'].value).toBe(0);
    }
  });
});

describe('7. choosing on the test part', () => {
  it('measures validation without looking at test', async () => {
    const split = checkerboard();
    const value = (changed: Split): Promise<Metrics> =>
      evaluate(
        fullLists(changed, (user, item) => ((user + item) % 2 === 0 ? 1 : 0) + item / 100),
        { part: 'validation' },
      );
    const { metrics } = await value(split);
    expect((await value({ ...split, test: split.test.slice(0, 3) })).metrics).toEqual(metrics);
  });
});

describe('8. counting before splitting', () => {
  it('takes popularity from known events only', () => {
    const split = checkerboard();
    const validation = listWorld(split, 1);
    const test = listWorld(split, 2);
    const sum = (counts: Int32Array): number => counts.reduce((a, b) => a + b, 0);
    expect(sum(validation.popularity)).toBe(split.train.length);
    expect(sum(test.popularity)).toBe(split.train.length + split.validation.length);
  });
});

describe('9. significance', () => {
  it('pairs users: intervals of two runs overlap, and the difference is yet certain', async () => {
    const { split, score } = noisyWorld();
    const random = new Xoshiro(5, 'second');
    const held = new Set(
      Array.from(split.test, (row) => split.dataset.events.user[row] * 200 + split.dataset.events.item[row]),
    );
    const nudges = Float64Array.from(
      { length: 60 * 200 },
      (_, at) => (held.has(at) ? 0.35 : 0) + 0.05 * random.normal(),
    );
    const first = await evaluate(fullLists(split, score));
    const second = await evaluate(fullLists(split, (user, item) => score(user, item) + nudges[user * 200 + item]));
    const perUser = ({ users, perUser: values }: Metrics) =>
      new Map([['ndcg@10', { users, values: values['ndcg@10'] }]]);
    const found = comparePerUser(perUser(first), perUser(second)).get('ndcg@10');
    expect(first.metrics['ndcg@10'].high).toBeGreaterThan(second.metrics['ndcg@10'].low ?? NaN);
    expect(found?.low).toBeGreaterThan(0);
    expect(found?.pHolm).toBeLessThan(0.05);
  });
});

describe('10. filtered data under the name of the original', () => {
  it('prints how many users were measured and left out, and how large the catalogue was', async () => {
    const { sheets } = await evaluate(
      fullLists(checkerboard(), (_user, item) => item),
      { relevantFrom: 2 },
    );
    expect(sheets[0].rows).toContainEqual(['users measured', 0]);
    expect(sheets[0].rows).toContainEqual(['users left out, nothing relevant held out', 20]);
  });
});

describe('11. intervals of clicks', () => {
  it('draws users, not rows: examples of a user are not independent', async () => {
    const width = async (examples: Examples): Promise<number> => {
      const { metrics } = (
        await evaluatePredictions.apply(
          null,
          { examples },
          { ...predictionDefaults, metrics: ['log-loss', 'precision-threshold'], threshold: 0 },
          testContext(),
        )
      ).metrics;
      return (metrics['precision-threshold@0'].high ?? NaN) - (metrics['precision-threshold@0'].low ?? NaN);
    };
    const examples = keenUsers();
    expect(await width(examples)).toBeGreaterThan(3 * (await width({ ...examples, user: null })));
  });
});
