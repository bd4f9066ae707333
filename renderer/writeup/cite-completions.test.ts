import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { RunResult } from '#shared/contract/results.ts';
import { citeOptions, citeSource } from './cite-completions.ts';

const run = {
  run: 'r-0001',
  nodes: {
    judge: {
      id: 'judge',
      title: 'Judge',
      metrics: { 'ndcg@10': { value: 0.2, low: null, high: null, n: 3 } },
      latency: null,
      fitMillis: null,
    },
  },
} as unknown as RunResult;

function offeredAt(text: string): string[] | null {
  const state = EditorState.create({ doc: text });
  const found = citeSource(() => citeOptions(run))(new CompletionContext(state, text.length, true));
  return found === null ? null : found.options.map(({ label }) => label);
}

describe('what can be cited', () => {
  it('is offered after two braces, with its value', () => {
    expect(offeredAt('We reach {{')).toEqual([
      'Figure: the board',
      'Table: where relevant items are lost',
      'Judge: NDCG@10',
      'Table: results of Judge',
    ]);
    expect(citeOptions(run).find(({ label }) => label === 'Judge: NDCG@10')?.detail).toBe('0.2000');
  });

  it('is not offered in plain text or after a closed reference', () => {
    expect(offeredAt('We reach {')).toBeNull();
    expect(offeredAt('{{judge ndcg@10}} and')).toBeNull();
  });

  it('is the drawing alone before anything has run', () => {
    expect(citeOptions(null).map(({ label }) => label)).toEqual([
      'Figure: the board',
      'Table: where relevant items are lost',
    ]);
  });
});
