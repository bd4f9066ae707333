import { describe, expect, it } from 'vitest';
import { metric as age } from './age.ts';
import { metric as epc } from './epc.ts';
import { metric as ild } from './ild.ts';
import { listWorld, headOf } from './list-world.ts';
import type { ListWorld, ShownList } from './metric-shapes.ts';
import { metric as miscalibration } from './miscalibration.ts';
import { metric as novelty } from './novelty.ts';
import { metric as serendipity } from './serendipity.ts';
import { metric as tailShare } from './tail-share.ts';
import { filmWorld } from '../../test/support/hand-lists.ts';

const day = 86_400;

// Films 3 (comedy) and 0 (drama) shown to user 1 on day 100; its history is films 0 and 3. Film 3 is relevant.
const list: ShownList = {
  items: Int32Array.of(9, 3, 0),
  start: 1,
  end: 3,
  gains: Float64Array.of(1, 0),
  history: Int32Array.of(0, 3),
  time: 100 * day,
};

describe('two films by hand', () => {
  const world = listWorld(filmWorld(), 2);
  it('knows what was known: two users, one of whom has each of films 0, 2 and 3', () => {
    expect(world.users).toBe(2);
    expect([...world.popularity]).toEqual([1, 0, 1, 1, 0, 0]);
  });
  it.each([
    [ild, 1],
    [novelty, 1],
    [epc, 0.5],
    [tailShare, 0],
    [serendipity, (1 - 0.5) / 2],
    [miscalibration, 0],
    [age, (70 + 100) / 2],
  ])('$id', (metric, expected) => {
    expect(metric.ofList(list, world)).toBeCloseTo(expected, 12);
    expect(world.scratch.every((value) => value === 0)).toBe(true);
  });
  it('is undefined without categories, without times, without a history', () => {
    const bare: ListWorld = { ...world, categories: null, born: null };
    for (const metric of [ild, serendipity, miscalibration, age]) expect(metric.ofList(list, bare)).toBeNaN();
    for (const metric of [serendipity, miscalibration])
      expect(metric.ofList({ ...list, history: new Int32Array(0) }, world)).toBeNaN();
  });
});

it('calls head the most popular items that make up four fifths of the events', () => {
  expect([...headOf(Int32Array.of(1, 6, 2, 1))]).toEqual([0, 1, 1, 0]);
  expect([...headOf(Int32Array.of(0, 0))]).toEqual([0, 0]);
});
