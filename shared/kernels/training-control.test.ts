import { expect, it } from 'vitest';
import { allFinite, TrainingControl } from './training-control.ts';

it('waits, slows down once, then stops', () => {
  const control = new TrainingControl({ better: 'higher', rate: 1, patience: 2, reductions: 1 });
  const verdicts = [0.5, 0.6, 0.6, 0.59, 0.61, 0.6, NaN].map((figure) => control.report(figure));
  expect(verdicts).toEqual(['improved', 'improved', 'continue', 'slower', 'improved', 'continue', 'stop']);
  expect(control.rate).toBeCloseTo(0.1);
  expect([control.best, control.bestEpoch]).toEqual([0.61, 5]);
});

it('takes lower as better, and small gains for none', () => {
  const control = new TrainingControl({ better: 'lower', rate: 1, patience: 1, reductions: 0, tolerance: 0.01 });
  expect(control.report(0.5)).toBe('improved');
  expect(control.report(0.48)).toBe('improved');
  expect(control.report(0.475)).toBe('stop');
  expect(control.bestEpoch).toBe(2);
});

it('tells finite numbers from others', () => {
  expect(allFinite(Float32Array.of(1, -3e38, 0))).toBe(true);
  expect(allFinite(Float32Array.of(1, NaN))).toBe(false);
  expect(allFinite(Float64Array.of(-Infinity, 1))).toBe(false);
});
