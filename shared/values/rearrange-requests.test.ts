import { expect, it } from 'vitest';
import { filmWorld, handLists, itemsOf, reasonsOf } from '../../test/support/hand-lists.ts';
import { testContext } from '../../test/support/context.ts';
import { neededCategories } from './item-vectors.ts';
import { itemVectors } from './item-vectors.ts';
import { rearrangeRequests, relevanceOfView, requestView } from './rearrange-requests.ts';
import { tasteOf } from './taste.ts';

const given = handLists(filmWorld(), [
  [
    [0, 3],
    [1, 2],
    [2, 1],
  ],
  [],
  [
    [3, 5],
    [4, 1],
  ],
]);

it('keeps what goes with an item, and puts a new reason over an old one', () => {
  const turned = (from: typeof given, why: string) =>
    rearrangeRequests(from, { type: 'list', context: testContext(), reasons: [why] }, (view, order, reason) => {
      for (let i = 0; i < order.length; i++) order[i] = view.items.length - 1 - i;
      if (order.length > 0) reason[0] = 1;
      return Math.min(2, order.length);
    });
  const once = turned({ ...given, propensity: Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5) }, 'turned');
  expect([0, 1, 2].map((r) => itemsOf(once, r))).toEqual([[2, 1], [], [4, 3]]);
  expect([...(once.propensity ?? [])].map((p) => +p.toFixed(1))).toEqual([0.3, 0.2, 0.5, 0.4]);
  expect([...once.scores]).toEqual([1, 2, 1, 5]);
  const twice = turned(once, 'turned again');
  expect(reasonsOf(twice, 0)).toEqual(['turned again', 'turned']);
  expect(given.reason).toBeNull();
});

it('gives lists whose scores rise the scores of their places, and leaves those of others', () => {
  const rising = { ...given, scores: Float32Array.of(3, 2, 1, 1, 5) };
  const out = rearrangeRequests(rising, { type: 'candidates', context: testContext(), reasons: [] }, (view, order) => {
    for (let i = 0; i < order.length; i++) order[i] = i;
    return view.items.length;
  });
  expect([...out.scores]).toEqual([3, 2, 1, 2, 1]);
});

it('goes by place where scores are out of order', () => {
  const view = requestView(given, 0);
  expect([...relevanceOfView(view)]).toEqual([1, 0.5, 0]);
  expect([...relevanceOfView({ ...view, scores: Float32Array.of(1, 3, 2) })]).toEqual([1, 1 - 1 / 3, 1 - 2 / 3]);
  expect([...relevanceOfView(view, true)]).toEqual([1, 1 - 1 / 3, 1 - 2 / 3]);
});

it('tells items apart by categories, by a column, by a model', () => {
  const { split } = given;
  const rows = itemVectors(split, undefined, '').rows(Int32Array.of(0, 4, 5));
  expect([...rows].map((one) => +one.toFixed(6))).toEqual([1, 0, 0.707107, 0.707107, 0, 0]);
  const model = {
    type: 'model' as const,
    component: 'x',
    split,
    vectors: { width: 1, users: new Float32Array(3), items: Float32Array.of(2, -2, 0, 1, 1, 1) },
  };
  expect([...itemVectors(split, model, '').rows(Int32Array.of(0, 1, 2))]).toEqual([1, -1, 0]);
  const bare = { ...split, dataset: { ...split.dataset, roles: {} } };
  expect(() => itemVectors(bare, undefined, '')).toThrow('nothing says how alike items are');
  expect(() => neededCategories(bare, '')).toThrow('does not say which category');
});

it('takes the mix of the history, old events fading', () => {
  const { split } = given;
  const categories = neededCategories(split, '');
  // User 1: a drama 90 days before the request, a comedy the day before.
  expect([...tasteOf(split, split.requests, 1, categories, 0)]).toEqual([0.5, 0.5]);
  const weights = [2 ** (-90 / 30), 2 ** (-1 / 30)];
  expect(tasteOf(split, split.requests, 1, categories, 30)[0]).toBeCloseTo(weights[0] / (weights[0] + weights[1]), 12);
  expect([...tasteOf(split, split.requests, 2, categories, 0)]).toEqual([0, 0]);
});
