import type { Design } from '#shared/contract/design.ts';
import type { NodeResult, RunResult } from '#shared/contract/results.ts';
import { boardSvg } from './board/svg.ts';
import { intervalText, metricHeading, millisText, valueText } from './numbers.ts';
import { funnelBlocks, metricTable } from './results.ts';
import type { Block, Inline } from './tree.ts';

/** Name of the board's drawing beside the document. */
export const boardFile = 'board.svg';

/** `{{node metric}}`: a number of the run. `{{board}}`, `{{funnel}}`, `{{results node}}`, alone in a paragraph: a figure or table of it. */
const pattern = /\{\{\s*([^{}\s]+(?:\s+[^{}\s]+)?)\s*\}\}/g;

export interface FoundReference {
  readonly at: number;
  readonly length: number;
  readonly words: readonly string[];
}

export function referencesIn(text: string): FoundReference[] {
  return [...text.matchAll(pattern)].map((found) => ({
    at: found.index,
    length: found[0].length,
    words: found[1].split(/\s+/),
  }));
}

/** The reference that is all there is in a text; null where there is more, or none. */
export function loneReference(text: string): readonly string[] | null {
  const [first] = referencesIn(text);
  return first !== undefined && first.length === text.trim().length ? first.words : null;
}

/** What references stand for. */
export interface Citations {
  number(words: readonly string[]): Inline;
  /** null where the words are no figure or table. */
  block(words: readonly string[]): readonly Block[] | null;
}

/** A number that can be referred to. */
export interface CitableNumber {
  readonly node: string;
  readonly title: string;
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/** What is a figure or a table, and cannot be part of a sentence. */
const blocks: ReadonlySet<string> = new Set(['board', 'funnel', 'results']);

/** Looks references up in a run; without one they say that nothing was measured yet. */
export function citationsOf(design: Design, run: RunResult | null): Citations {
  const missing = (words: readonly string[], why: string): Inline => ({
    type: 'missing',
    text: `${words.join(' ')}: ${why}`,
  });
  const titleOf = (id: string): string | undefined => {
    const node = design.board.nodes.find((one) => one.id === id);
    return node === undefined ? undefined : node.title === '' ? node.id : node.title;
  };
  const resultOf = (id: string): NodeResult | undefined =>
    run !== null && Object.hasOwn(run.nodes, id) ? run.nodes[id] : undefined;
  const whyNot = (id: string): string =>
    titleOf(id) === undefined ? 'no such node' : run === null ? 'not run yet' : 'not measured for this drawing';
  return {
    number(words) {
      const [id, key = ''] = words;
      const result = resultOf(id);
      if (titleOf(id) === undefined && blocks.has(id))
        return missing(words, 'stands between empty lines, not in a text');
      if (result === undefined || run === null) return missing(words, whyNot(id));
      const number = numbersOf(result).get(key);
      if (number === undefined) return missing(words, `${result.title} has no such number`);
      const label = result.origin === 'measured' ? '' : ` (${result.origin})`;
      return {
        type: 'number',
        text: `${number.value}${label}`,
        from: `${number.name} of ${result.title}, run ${run.run}${number.detail}`,
      };
    },
    block(words) {
      const [what, id = ''] = words;
      if (what === 'board' && words.length === 1)
        return [{ type: 'figure', file: boardFile, svg: boardSvg(design, run), caption: `Board of ${design.title}` }];
      if (what === 'funnel' && words.length === 1) {
        const stages = run === null ? [] : funnelBlocks(design, run);
        return stages.length > 0
          ? stages
          : [said(missing(words, run === null ? 'not run yet' : 'no chain of stages was measured'))];
      }
      if (what !== 'results' || words.length !== 2) return null;
      const result = resultOf(id);
      if (result === undefined) return [said(missing(words, whyNot(id)))];
      return [metricTable(result.metrics, result.baselines)];
    },
  };
}

function said(text: Inline): Block {
  return { type: 'paragraph', text: [text] };
}

interface NumberOfNode {
  readonly name: string;
  readonly value: string;
  readonly detail: string;
}

/** Every number of a node, by the word that calls it: metrics, what was measured on the way, times. */
function numbersOf(result: NodeResult): Map<string, NumberOfNode> {
  const numbers = new Map<string, NumberOfNode>();
  for (const [key, metric] of Object.entries(result.metrics)) {
    const interval = intervalText(metric);
    const detail = `${interval === '' ? '' : `, 95 % ${interval}`}, n ${metric.n}`;
    numbers.set(key, { name: metricHeading(key), value: valueText(metric.value), detail });
  }
  if (result.latency !== null) {
    for (const key of ['p50', 'p95', 'p99'] as const)
      numbers.set(key, { name: `Latency ${key}`, value: millisText(result.latency[key]), detail: '' });
  }
  if (result.fitMillis !== null)
    numbers.set('fit', { name: 'Time to fit', value: millisText(result.fitMillis), detail: '' });
  return numbers;
}

/** What a writer can choose from. */
export function citableNumbers(run: RunResult): CitableNumber[] {
  return Object.values(run.nodes).flatMap((result) =>
    [...numbersOf(result)].map(([key, { name, value }]) => ({
      node: result.id,
      title: result.title,
      key,
      name,
      value,
    })),
  );
}
