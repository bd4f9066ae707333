import { expect, it } from 'vitest';
import { fixedHorizon } from '#shared/kernels/experiments/lift.ts';
import type { Analysis, AnalysisSettings, Comparison } from './experiment-analysis.ts';
import { experimentCard, guardrailVerdict } from './experiment-sheets.ts';
import { onlineMetrics } from './online-metrics.ts';

const settings = { guardrailMargin: 0.05 } as AnalysisSettings;

/** A guardrail whose relative change has this estimate and a standard error of 1 point. */
function guardrail(id: string, estimate: number): Comparison {
  const effect = { estimate, standardError: 0.01, n: 10_000, degrees: 10_000 };
  return {
    metric: onlineMetrics.find((one) => one.id === id),
    finding: { effect, fixed: fixedHorizon(effect) },
  } as Comparison;
}

it('a guardrail holds only where the whole interval lies on the good side of the margin', () => {
  expect(guardrailVerdict(guardrail('hide-rate', 0), settings)).toMatch(/^holds/);
  expect(guardrailVerdict(guardrail('hide-rate', 0.05), settings)).toMatch(/^not known/);
  expect(guardrailVerdict(guardrail('hide-rate', 0.1), settings)).toMatch(/^broken/);
  expect(guardrailVerdict(guardrail('hide-rate', -0.5), settings)).toMatch(/^holds/);
});

it('for a metric that should be high, harm is a loss', () => {
  expect(guardrailVerdict(guardrail('diversity', 0.1), settings)).toMatch(/^holds/);
  expect(guardrailVerdict(guardrail('diversity', -0.06), settings)).toMatch(/^not known/);
  expect(guardrailVerdict(guardrail('diversity', -0.1), settings)).toMatch(/^broken/);
});

it('the card tells how many users saw what, thousands marked', () => {
  const analysis = {
    rows: { names: ['relevance', 'mmr'], days: 14, notes: [] },
    unitsPerArm: [1_982, 12_000],
    sampleRatio: { pValue: 0.85 },
    comparisons: [],
    withheld: null,
  } as unknown as Analysis;
  const card = experimentCard(analysis, { ...settings, alpha: 0.05, correction: 'none' }, 'simulated');
  expect(card.rows).toContainEqual(['Compared', 'relevance (control): 1,982 users, mmr: 12,000 users']);
});
