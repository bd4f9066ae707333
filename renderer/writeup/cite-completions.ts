import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import type { RunResult } from '#shared/contract/results.ts';
import { citableNumbers } from '#shared/documents/references.ts';

/** What can follow `{{`: every number of the run, and the figures and tables that are made of it. */
export function citeOptions(run: RunResult | null): Completion[] {
  const figures: Completion[] = [
    { label: 'Figure: the board', apply: put('board'), boost: 2 },
    { label: 'Table: where relevant items are lost', apply: put('funnel'), boost: 1 },
  ];
  if (run === null) return figures;
  const tables = Object.values(run.nodes)
    .filter((node) => Object.keys(node.metrics).length > 0)
    .map((node): Completion => ({ label: `Table: results of ${node.title}`, apply: put(`results ${node.id}`) }));
  const numbers = citableNumbers(run).map((one): Completion => ({
    label: `${one.title}: ${one.name}`,
    detail: one.value,
    apply: put(`${one.node} ${one.key}`),
  }));
  return [...figures, ...numbers, ...tables];
}

/** Offers them once `{{` is typed. */
export function citeSource(
  options: () => readonly Completion[],
): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const typed = context.matchBefore(/\{\{[^{}\n]*/);
    return typed === null ? null : { from: typed.from + 2, options: options(), validFor: /^[^{}\n]*$/ };
  };
}

/** Writes a reference in place of what was typed, braces closed once. */
function put(words: string): (view: EditorView, completion: Completion, from: number, to: number) => void {
  return (view, _completion, from, to) => {
    const closed = view.state.sliceDoc(to, to + 2) === '}}';
    view.dispatch({
      changes: { from, to: closed ? to + 2 : to, insert: `${words}}}` },
      selection: { anchor: from + words.length + 2 },
    });
  };
}
