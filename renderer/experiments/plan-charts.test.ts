import { expect, it } from 'vitest';
import type { ExperimentPlan } from '#shared/contract/experiments.ts';
import { planCharts } from './plan-charts.ts';

const plots: ExperimentPlan['plots'] = [
  {
    id: 'power-by-day',
    title: 'Power by length of the experiment (estimated)',
    x: 'day',
    y: 'power',
    mark: 'line',
    series: [{ name: 'lift 5 %', x: [1, 2], y: [0.06, 0.1] }],
  },
  {
    id: 'lift-by-length',
    title: 'Smallest lift that would be found (estimated)',
    x: 'day',
    y: 'relative lift',
    mark: 'line',
    series: [{ name: 'power 80 %', x: [1, 2], y: [1.4, 0.8] }],
  },
];

it('draws chances from 0 to 100 % with the one that is wanted, and lifts in percent from zero', () => {
  const [power, lift] = planCharts(plots, 0.8);
  expect(power).toMatchObject({ y: 'power, %', reach: [0, 100] });
  expect(power.series.map(({ name, y }) => [name, y])).toEqual([
    ['lift 5 %', [6, 10]],
    ['wanted: 80 %', [80, 80]],
  ]);
  expect(lift).toMatchObject({ title: 'Smallest lift that would be found', y: 'relative lift, %', reach: [0] });
  expect(lift.series[0].y).toEqual([140, 80]);
});
