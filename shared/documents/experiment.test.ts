import { describe, expect, it } from 'vitest';
import type { NodeResult } from '../contract/results.ts';
import type { Plot } from '../contract/values.ts';
import { emptyResult } from '../engine/node-result.ts';
import { experimentBlocks } from './experiment.ts';
import { liftFigures } from './lift-figure.ts';
import { toMarkdown } from './markdown.ts';

const days = [1, 2, 3, 4, 5, 6, 7];

function overTime(variants: readonly string[]): Plot {
  const named = (variant: string, what: string): string => (variants.length > 1 ? `${variant}, ${what}` : what);
  return {
    id: 'lift-so-far',
    title: 'Click-through rate: lift after each day, CUPED (simulated)',
    x: 'day',
    y: 'relative lift',
    mark: 'line',
    series: variants.flatMap((variant) =>
      ['fixed horizon: valid at the planned end only', 'always valid'].map((what, at) => ({
        name: named(variant, what),
        x: days,
        y: days.map(() => 0.05),
        low: days.map((day) => 0.05 - (0.1 + 0.1 * at) / day),
        high: days.map((day) => 0.05 + (0.1 + 0.1 * at) / day),
      })),
    ),
  };
}

function experiment(): NodeResult {
  return {
    ...emptyResult({ id: 'test', title: 'A/B test', component: 'ab-test', key: '', status: 'done', because: '' }),
    origin: 'simulated',
    plots: [overTime(['b'])],
    sheets: [
      { id: 'segments', title: 'Segments', columns: ['segment', 'lift'], rows: [['low', 0.1]] },
      {
        id: 'experiment-card',
        title: 'Experiment card (simulated)',
        columns: ['what', 'says'],
        rows: [
          ['Origin', 'Simulated: these users exist only in the simulator'],
          ['Days', '7'],
        ],
      },
      {
        id: 'lifts',
        title: 'Lifts (simulated)',
        columns: ['metric', 'lift', 'chance to win'],
        rows: [['Click-through rate', -0.0512, 1]],
      },
      {
        id: 'guardrails',
        title: 'Guardrails (simulated)',
        columns: ['guardrail', 'variant', 'change', 'interval', 'verdict'],
        rows: [['Hide rate', 'b', 0.01, '', 'holds']],
      },
      {
        id: 'latency-guardrail',
        title: 'Latency guardrail',
        columns: ['guardrail', 'variant', 'change', 'milliseconds', 'verdict'],
        rows: [
          ['Latency, p99, measured', 'b', 0.2, '1.2 ms (1.1 to 1.3), limit 1.1; control 1.0 (0.9 to 1.1)', 'holds'],
        ],
      },
    ],
  };
}

describe('an experiment in a document', () => {
  const blocks = experimentBlocks(experiment()) ?? [];
  const lines = toMarkdown({ title: '', blocks })
    .split('\n')
    .filter((line) => line !== '');

  it('says in its first line where its numbers come from', () => {
    expect(lines.slice(0, 2)).toEqual(['### A/B test', '**Simulated**: these users exist only in the simulator.']);
    expect(lines.join('\n')).not.toContain('| Origin');
  });

  it('has card, figure, lifts, guardrails with latency, and segments, in this order', () => {
    const text = lines.join('\n');
    const places = ['| Days', '![', 'Lifts', 'Guardrails', '| Hide rate', '| Latency, p99, measured', 'Segments'].map(
      (word) => text.indexOf(word),
    );
    expect(places.every((at) => at >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).toContain('−5.1\u00a0%');
    // No experiment is certain.
    expect(text).toContain('99.9\u00a0%');
  });

  it('is none where a node judged nothing', () => {
    expect(experimentBlocks({ ...experiment(), sheets: [] })).toBeNull();
  });
});

describe('the lift over time', () => {
  it('is a figure per variant, CUPED in its caption, without NaN', () => {
    const figures = liftFigures(overTime(['b', 'c <d>']), 'test');
    expect(figures.map((one) => (one.type === 'figure' ? [one.file, one.caption] : []))).toEqual([
      ['lift-test-1.svg', 'Click-through rate: lift after each day, CUPED (simulated): b'],
      ['lift-test-2.svg', 'Click-through rate: lift after each day, CUPED (simulated): c <d>'],
    ]);
    for (const one of figures) {
      const svg = one.type === 'figure' ? one.svg : '';
      expect(svg).not.toMatch(/NaN|Infinity|undefined|<d>/);
      expect(svg.match(/<polygon/g)).toHaveLength(2);
      expect(svg).toContain('always valid');
    }
  });

  it('is left out where there are no two days', () => {
    const plot = overTime(['b']);
    const short = plot.series.map((one) => ({ ...one, x: [1], y: [0.05], low: [0], high: [0.1] }));
    expect(liftFigures({ ...plot, series: short }, 'test')).toEqual([]);
  });
});
