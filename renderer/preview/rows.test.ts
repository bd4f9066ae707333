import { expect, it } from 'vitest';
import type { ColumnProfile } from '#shared/contract/datasets.ts';
import { readCell } from './rows.tsx';

const profile = (type: string, minimum: number, maximum: number): ColumnProfile => ({
  name: 'value',
  type,
  role: null,
  nulls: 0,
  distinct: null,
  minimum,
  maximum,
  mean: null,
  top: [],
  histogram: [],
});

it('writes a whole number among fractions as one of them, and identifiers as they are', () => {
  const share = profile('number', 0.1, 1);
  expect([0.84, 1, 0].map((cell) => readCell(cell, share))).toEqual(['.840', '1.00', '.000']);
  const year = profile('number', 1960, 2026);
  expect(readCell(1999, year)).toBe('1999');
  expect(readCell(1_700_000_000, profile('time', 0, 2e9))).toBe('2023-11-14 22:13');
});
