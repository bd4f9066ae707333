import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import type { RunResult } from '#shared/contract/results.ts';
import { citableNumbers } from '#shared/documents/references.ts';

/** What can follow `{{`: every number of the run, and the figures and tables that are made of it. */
export function citeOptions(run: RunResult | null): Completion[] {
  const figures: Completion[] = [
    { label: 'Figure: the board', apply: putAlone('board'), boost: 2 },
    { label: 'Table: where relevant items are lost', apply: putAlone('funnel'), boost: 1 },
  ];
  if (run === null) return figures;
  const tables = Object.values(run.nodes)
    .filter((node) => Object.keys(node.metrics).length > 0)
    .map((node): Completion => ({ label: `Table: results of ${node.title}`, apply: putAlone(`results ${node.id}`) }));
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

type Put = (view: EditorView, completion: Completion, from: number, to: number) => void;

/** Writes a reference in place of what was typed, braces closed once. */
function put(words: string): Put {
  return (view, _completion, from, to) => {
    const closed = view.state.sliceDoc(to, to + 2) === '}}';
    view.dispatch({
      changes: { from, to: closed ? to + 2 : to, insert: `${words}}}` },
      selection: { anchor: from + words.length + 2 },
    });
  };
}

/** The same for a figure or a table, which is no part of a sentence: empty lines set it apart from the text around it. */
function putAlone(words: string): Put {
  return (view, _completion, from, to) => {
    const { doc } = view.state;
    const end = doc.sliceString(to, to + 2) === '}}' ? to + 2 : to;
    const [first, last] = [doc.lineAt(from - 2), doc.lineAt(end)];
    const blank = (line: number): boolean => line < 1 || line > doc.lines || doc.line(line).text.trim() === '';
    const before = doc.sliceString(first.from, from - 2).trimEnd();
    const after = doc.sliceString(end, last.to).trimStart();
    const above = before !== '' ? `${before}\n\n` : blank(first.number - 1) ? '' : '\n';
    const below = after !== '' ? `\n\n${after}` : blank(last.number + 1) ? '' : '\n';
    const reference = `${above}{{${words}}}`;
    view.dispatch({
      changes: { from: first.from, to: last.to, insert: reference + below },
      selection: { anchor: first.from + reference.length },
    });
  };
}
