import { describe, expect, it } from 'vitest';
import type { NodeResult, RunResult } from '#shared/contract/results.ts';
import type { Sheet } from '#shared/contract/values.ts';
import { emptyResult } from '#shared/engine/node-result.ts';
import { experimentsText } from './experiment.ts';

const card: Sheet = {
  id: 'experiment-card',
  title: 'Experiment card (simulated)',
  columns: ['what', 'says'],
  rows: [
    ['Origin', 'Simulated: these users exist only in the simulator'],
    ['Compared', 'plain (control): 500 users, b: 498 users, c: 502 users'],
    ['Sample ratio', 'p = 0.82: as planned'],
    ['Click-through rate, b', 'better: lift +5.1\u00a0% (+1.2\u00a0to\u00a0+9.0\u00a0%)'],
    ['Click-through rate, c', 'no difference shown: lift −1.0\u00a0% (−4.0\u00a0to\u00a0+2.0\u00a0%)'],
  ],
};

const lifts: Sheet = {
  id: 'lifts',
  title: 'Lifts (simulated)',
  columns: ['metric', 'variant', 'control mean', 'variant mean', 'lift', 'fixed-horizon interval', 'p adjusted'],
  rows: [
    ['Click-through rate', 'b', 0.05, 0.0526, 0.051, '+1.2\u00a0to\u00a0+9.0\u00a0%', 0.0004],
    ['Click-through rate', 'c', 0.05, 0.0495, -0.01, '−4.0\u00a0to\u00a0+2.0\u00a0%', 0.5],
    ['Hide rate', 'b', 0.01, 0.011, 0.1, '+6.0\u00a0to\u00a0+14.0\u00a0%', 0.001],
  ],
};

const guardrails: Sheet = {
  id: 'guardrails',
  title: 'Guardrails (simulated)',
  columns: ['guardrail', 'variant', 'change', 'interval', 'verdict'],
  rows: [['Hide rate', 'b', 0.1, '+6.0\u00a0to\u00a0+14.0\u00a0%', 'broken: worse by more than 5\u00a0%']],
};

function textOf(sheets: readonly Sheet[], more: Partial<NodeResult> = {}): string {
  const node = emptyResult({
    id: 'test',
    title: 'A/B test',
    component: 'ab-test',
    key: '',
    status: 'done',
    because: '',
  });
  return experimentsText({ nodes: { test: { ...node, sheets, ...more } } } as unknown as RunResult);
}

describe('an experiment on the command line', () => {
  const lines = textOf([card, guardrails, lifts]).split('\n');
  const row = (start: RegExp): string => lines.find((line) => start.test(line.trim())) ?? '';

  it('says under its title where its numbers come from', () => {
    expect(lines.slice(0, 2)).toEqual(['  A/B test', '  Simulated: these users exist only in the simulator']);
    expect(lines.join('\n')).not.toContain('Origin');
  });

  it('has the split, then each lift with its interval and what was decided, then guardrails', () => {
    expect(row(/^Sample ratio/)).toContain('p = 0.82: as planned');
    expect(row(/^Click-through rate/)).toMatch(/b +0\.0500 +0\.0526 +\+5\.1 % +\+1\.2 to \+9\.0 % +< 0\.001 +better$/);
    // The metric is named once; a guardrail is judged in its own table.
    expect(row(/^c /)).toMatch(/−1\.0 %.*no difference shown$/);
    expect(lines.filter((line) => line.includes('Hide rate'))).toEqual([
      expect.stringMatching(/\+10\.0 % +\+6\.0 to \+14\.0 % +broken: worse by more than 5 %$/),
    ]);
    expect(lines.filter((line) => line.includes('better'))).toHaveLength(1);
  });

  it('shows no lift where none may be stated', () => {
    const withheld = { ...card, rows: [...card.rows.slice(0, 2), ['No result', 'users are split 900 : 100']] };
    const text = textOf([withheld, lifts]);
    expect(text).toContain('No result  users are split 900 : 100');
    expect(text).not.toContain('Lifts');
  });

  it('tells below estimates from a log why others are missing', () => {
    const estimates: Sheet = {
      id: 'off-policy:idea',
      title: 'Estimates',
      columns: ['estimator', 'clicks per impression', 'low', 'high'],
      rows: [
        ['IPS', 0.05, 0.04, 0.06],
        ['Cascade IPS: support fails: weights average 0.5', null, null, null],
        ['Cascade DR: support fails: weights average 0.5', null, null, null],
      ],
    };
    const told = textOf([card, estimates]).split('\n');
    expect(told.find((line) => line.trim().startsWith('Cascade DR'))).toMatch(/^ {2}Cascade DR +– +– +–$/);
    expect(told).toContain('  Cascade IPS; Cascade DR: support fails: weights average 0.5');
  });

  it('is nothing where a node has no card, or failed', () => {
    expect(textOf([lifts])).toBe('');
    expect(textOf([card], { status: 'failed' })).toBe('');
  });
});
