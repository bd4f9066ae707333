import { describe, expect, it } from 'vitest';
import { handLists, filmWorld } from '../../test/support/hand-lists.ts';
import { categoryMix } from './category-mix.ts';

describe('the mix of categories', () => {
  it('is that of the first places before and after a re-ranker, in equal parts for items of several', () => {
    const split = filmWorld();
    // Request 0: drama, drama, none → comedy, both (half and half), none.
    const before = handLists(split, [
      [
        [0, 3],
        [1, 2],
        [5, 1],
      ],
    ]);
    const after = handLists(
      split,
      [
        [
          [3, 3],
          [4, 2],
          [5, 1],
        ],
      ],
      'by hand',
      'list',
    );
    const plot = categoryMix('reranking', { lists: before }, { list: after });
    const at = (series: number, name: string): number | undefined =>
      plot?.series[series].y[plot.series[series].x.indexOf(name)];
    expect(plot?.series.map(({ name }) => name)).toEqual(['before', 'after']);
    expect([at(0, 'Drama'), at(0, 'Comedy')]).toEqual([1, 0]);
    expect([at(1, 'Drama'), at(1, 'Comedy')]).toEqual([0.25, 0.75]);
  });

  it('is nothing for other stages, without lists, and where no item has a category', () => {
    const split = filmWorld();
    const lists = handLists(split, [[[0, 1]]]);
    expect(categoryMix('ranking', { lists }, { list: lists })).toBeNull();
    expect(categoryMix('reranking', {}, { list: lists })).toBeNull();
    const none = handLists(split, [[[5, 1]]]);
    expect(categoryMix('reranking', { lists: none }, { list: none })).toBeNull();
  });
});
