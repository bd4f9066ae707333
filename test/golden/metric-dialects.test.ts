// Every dialect of the metrics, on one example, against what each library's own definition gives (metric-dialects.py).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { component as evaluateLists } from '../../shared/components/evaluation/evaluate-lists/run.ts';
import { component as evaluatePredictions } from '../../shared/components/evaluation/evaluate-predictions/run.ts';
import type { Examples, Split } from '../../shared/contract/values.ts';
import { aucStrict } from '../../shared/kernels/auc.ts';
import { testContext } from '../support/context.ts';
import { handLists } from '../support/hand-lists.ts';
import { datasetOf, splitOf } from '../support/small-worlds.ts';

interface Golden {
  readonly k: number;
  readonly items: number;
  readonly threshold: number;
  readonly lists: readonly (readonly number[])[];
  /** Per user [item, grade]. */
  readonly grades: readonly (readonly (readonly [number, number])[])[];
  readonly scores: readonly (readonly number[])[];
  readonly dialects: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'metric-dialects.json'), 'utf8')) as Golden;

/** All grades held out for testing; user 3 has an event below the threshold, so that somebody is left out. */
function world(): Split {
  const rows = golden.grades.flatMap((grades, user) =>
    grades.map(([item, grade]): [number, number, number, number] => [user, item, 1, grade]),
  );
  rows.push([3, 0, 1, golden.threshold - 1]);
  const dataset = datasetOf(rows, { users: golden.lists.length, items: golden.items });
  return splitOf(dataset, { train: [], test: rows.map((_row, at) => at) });
}

/** Every item of every user as an example, labelled by its grade, scored by `score`. */
function examplesOf(split: Split, score: (user: number, item: number) => number): Examples {
  const users = golden.lists.length;
  const rows = users * golden.items;
  const user = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / golden.items));
  const grade = (row: number): number =>
    golden.grades[user[row]].find(([item]) => item === row % golden.items)?.[1] ?? 0;
  return {
    type: 'examples',
    split,
    rows,
    features: [],
    label: Float32Array.from({ length: rows }, (_, row) => grade(row)),
    part: new Uint8Array(rows).fill(2),
    weight: null,
    group: null,
    user,
    item: null,
    time: null,
    labelling: 'grades',
    prediction: Float32Array.from({ length: rows }, (_, row) => score(user[row], row % golden.items)),
    probability: false,
  };
}

async function measured(): Promise<Record<string, number | null>> {
  const split = world();
  const lists = handLists(
    split,
    golden.lists.map((items) => items.map((item, at) => [item, -at] as const)),
    'golden',
    'list',
  );
  const ids = [
    'recall',
    'recall-capped',
    'precision',
    'precision-returned',
    'precision-implicit',
    'hit',
    'mrr',
    'map',
    'map-all',
    'map-returned',
    'map-elliot',
    'ndcg',
    'ndcg-raw',
    'ndcg-exponential',
    'ndcg-elliot',
    'ndcg-lenskit',
    'ndcg-lenskit-graded',
    'list-auc',
  ];
  const params = {
    k: [golden.k],
    metrics: ids,
    part: 'test' as const,
    relevantFrom: golden.threshold,
    baselines: false,
    slices: [],
    hideKnown: true,
    resamples: 100,
  };
  const ofLists = (await evaluateLists.apply(null, { lists, baselines: [] }, params, testContext())).metrics.metrics;
  const predict = async (examples: Examples, metrics: string[]) =>
    (
      await evaluatePredictions.apply(
        null,
        { examples },
        { metrics, part: 'test', k: [golden.k], threshold: 0.5, bins: 10, slices: [], resamples: 100 },
        testContext(),
      )
    ).metrics.metrics;
  const byPlace = examplesOf(split, (user, item) =>
    golden.lists[user].includes(item) ? -golden.lists[user].indexOf(item) : -100 - item,
  );
  const byScore = examplesOf(split, (user, item) => golden.scores[user][item]);
  const withPositives = golden.grades.flatMap((grades, user) => (grades.length > 0 ? [user] : []));
  const mean = (of: (scores: Float64Array, labels: Uint8Array) => number): number =>
    withPositives.reduce((sum, user) => {
      const labels = Uint8Array.from({ length: golden.items }, (_, item) =>
        golden.grades[user].some(([one]) => one === item) ? 1 : 0,
      );
      return sum + of(Float64Array.from(golden.scores[user]), labels);
    }, 0) / withPositives.length;
  return {
    ...Object.fromEntries(ids.map((id) => [id, ofLists[`${id}@${golden.k}`].value])),
    'ndcg-lightgbm': (await predict(byPlace, ['ndcg-lightgbm']))[`ndcg-lightgbm@${golden.k}`].value,
    'user-auc': (await predict(byScore, ['user-auc']))['user-auc'].value,
    'auc-strict': mean(aucStrict),
  };
}

it.each(Object.entries(golden.dialects))('%s', async (_library, expected) => {
  const values = await measured();
  for (const [id, value] of Object.entries(expected)) expect(values[id], id).toBeCloseTo(value, 12);
});
