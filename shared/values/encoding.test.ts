import { describe, expect, it } from 'vitest';
import type { Feature } from '#shared/contract/values.ts';
import { columnTitles, encodeRows, fieldOfColumns, fitEncoding } from './encoding.ts';

const colour: Feature = {
  name: 'item.colour',
  from: 'item',
  column: { kind: 'category', codes: Int32Array.of(2, 0, -1, 1, 2), names: ['red', 'green', 'blue'] },
};
const genres: Feature = {
  name: 'item.genres',
  from: 'item',
  column: {
    kind: 'tags',
    offsets: Int32Array.of(0, 2, 2, 3, 4, 8),
    codes: Int32Array.of(1, 0, 0, 2, 2, 1, 0, 0),
    names: ['drama', 'war', 'noir'],
  },
};
const age: Feature = {
  name: 'user.age',
  from: 'user',
  column: { kind: 'number', values: Float32Array.of(10, 20, 30, NaN, 1e9) },
};
const place: Feature = {
  name: 'user.place',
  from: 'user',
  column: { kind: 'vector', width: 2, values: Float32Array.of(1, 5, 3, 5, 2, 5, NaN, 5, 2, 6) },
};
const title: Feature = {
  name: 'item.title',
  from: 'item',
  column: { kind: 'text', values: ['a', 'b', 'c', 'd', 'e'] },
};
const trained = Int32Array.of(0, 1, 2);

/** Cells of a row as "title: value". */
function cellsOf(
  features: readonly Feature[],
  row: number,
  settings = { minimumCount: 1, buckets: 0 },
  tagPower = 0,
): Record<string, number> {
  const encoding = fitEncoding(features, trained, settings);
  const { starts, columns, values } = encodeRows(encoding, features, 5, tagPower);
  const titles = columnTitles(encoding, features);
  expect([...columns.subarray(starts[row], starts[row + 1])]).toEqual(
    [...new Set(columns.subarray(starts[row], starts[row + 1]))].sort((a, b) => a - b),
  );
  return Object.fromEntries(
    Array.from({ length: starts[row + 1] - starts[row] }, (_, i) => [
      titles[columns[starts[row] + i]],
      values?.[starts[row] + i] ?? 1,
    ]),
  );
}

describe('encoding', () => {
  it('gives a column to each name met in training, and one to all others', () => {
    expect(cellsOf([colour], 0)).toEqual({ 'item.colour = blue': 1 });
    expect(cellsOf([colour], 2)).toEqual({ 'item.colour unknown': 1 });
    // green comes after the training rows
    expect(cellsOf([colour], 3)).toEqual({ 'item.colour unknown': 1 });
    expect(cellsOf([colour], 0, { minimumCount: 2, buckets: 0 })).toEqual({ 'item.colour unknown': 1 });
  });

  it('counts tags each, or shares 1 among them; repeated and unknown ones add up', () => {
    expect(cellsOf([genres], 0)).toEqual({ 'item.genres = drama': 1, 'item.genres = war': 1 });
    expect(cellsOf([genres], 0, undefined, 1)).toEqual({ 'item.genres = drama': 0.5, 'item.genres = war': 0.5 });
    expect(cellsOf([genres], 1)).toEqual({ 'item.genres unknown': 1 });
    expect(cellsOf([genres], 4)).toEqual({
      'item.genres unknown': 1,
      'item.genres = drama': 2,
      'item.genres = war': 1,
    });
  });

  it('standardises numbers by the training rows, cuts off odd ones, and buckets them', () => {
    const deviation = Math.sqrt(200 / 3);
    expect(cellsOf([age], 0)['user.age']).toBeCloseTo(-10 / deviation, 5);
    expect(cellsOf([age], 3)).toEqual({ 'user.age unknown': 1 });
    expect(cellsOf([age], 4)).toEqual({ 'user.age': 5 });
    const bucketed = cellsOf([age], 1, { minimumCount: 1, buckets: 3 });
    expect(bucketed).toEqual({ 'user.age': 0, 'user.age in [20, 30)': 1 });
    expect(cellsOf([age], 4, { minimumCount: 1, buckets: 3 })).toEqual({ 'user.age': 5, 'user.age from 30': 1 });
  });

  it('standardises vectors number by number; a constant one says nothing', () => {
    const cells = cellsOf([place], 0);
    expect(cells['user.place[0]']).toBeCloseTo(-1 / Math.sqrt(2 / 3), 5);
    expect(cells['user.place[1]']).toBe(0);
    expect(cellsOf([place], 3)).toEqual({ 'user.place[1]': 0 });
  });

  it('leaves free text out, and knows the field of each column', () => {
    const encoding = fitEncoding([title, colour, age], trained, { minimumCount: 1, buckets: 0 });
    expect(encoding.leftOut).toEqual(['item.title']);
    expect([...fieldOfColumns(encoding)]).toEqual([0, 0, 0, 1, 1]);
  });

  it('takes a feature that is absent later for missing', () => {
    const encoding = fitEncoding([colour, age], trained, { minimumCount: 1, buckets: 0 });
    const { columns } = encodeRows(encoding, [age], 1, 0);
    expect([...columns]).toEqual([0, 4]);
  });
});
