import { CompletionContext, type Completion } from '@codemirror/autocomplete';
import { EditorState, type TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
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

/** The text after a figure was chosen for the braces in it, and what stands before the cursor. */
function withBoard(text: string): { text: string; before: string } {
  let state = EditorState.create({ doc: text });
  const view = {
    get state() {
      return state;
    },
    dispatch: (change: TransactionSpec) => void (state = state.update(change).state),
  } as unknown as EditorView;
  const [figure] = citeOptions(run);
  const at = text.indexOf('{{') + 2;
  (figure.apply as (view: EditorView, figure: Completion, from: number, to: number) => void)(view, figure, at, at);
  return { text: state.doc.toString(), before: state.doc.sliceString(0, state.selection.main.head) };
}

describe('a figure', () => {
  it('is set apart from the text around it', () => {
    expect(withBoard('As seen in {{ it works')).toEqual({
      text: 'As seen in\n\n{{board}}\n\nit works',
      before: 'As seen in\n\n{{board}}',
    });
    expect(withBoard('One.\n{{}}\nTwo.').text).toBe('One.\n\n{{board}}\n\nTwo.');
  });

  it('stays where it stands alone already', () => {
    expect(withBoard('{{').text).toBe('{{board}}');
    expect(withBoard('One.\n\n{{\n\nTwo.').text).toBe('One.\n\n{{board}}\n\nTwo.');
  });
});
