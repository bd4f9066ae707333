import type { Design, Node } from '#shared/contract/design.ts';
import type { RunResult } from '#shared/contract/results.ts';
import { boardSvg } from './board/svg.ts';
import { proseBlocks } from './prose.ts';
import { resultBlocks } from './results.ts';
import { componentTitle } from './stages.ts';
import { heading, paragraph, plain } from './tree.ts';
import type { Block, Document } from './tree.ts';

/** Name of the board's drawing beside the document. */
export const boardFile = 'board.svg';

/** A design and, where there is one, a run of it, as a document whose every number is tied to that run. */
export function writeUp(design: Design, run: RunResult | null): Document {
  const blocks: Block[] = [heading(1, design.title)];
  if (design.summary !== undefined) blocks.push(...proseBlocks(design.summary));
  if (run === null) blocks.push({ type: 'quote', text: plain('Not run yet: this document holds no measured numbers.') });
  else blocks.push(...provenanceLine(design, run));
  blocks.push(heading(2, 'The board'), { type: 'figure', file: boardFile, svg: boardSvg(design, run), caption: `Board of ${design.title}` }, ...boardTable(design));
  for (const section of design.writeUp?.sections ?? []) {
    if (section.body.every((line) => line.trim() === '')) continue;
    blocks.push(heading(2, section.title), ...proseBlocks(section.body));
  }
  if ((design.assumptions ?? []).length > 0) blocks.push(...assumptions(design));
  if (run !== null) blocks.push(...resultBlocks(design, run));
  return { title: design.title, blocks };
}

function provenanceLine(design: Design, run: RunResult): Block[] {
  const blocks: Block[] = [
    paragraph(
      'Every number below was measured in run ',
      { type: 'code', text: run.run },
      ' on data ',
      { type: 'code', text: run.data.fingerprint.slice(0, 16) },
      ` with seed ${run.seed}${run.status === 'done' ? '' : ` (the run ${stateWords[run.status]})`}.`,
    ),
  ];
  const changed = changedSince(design, run);
  if (changed.length > 0) {
    blocks.push({ type: 'quote', text: plain(`The drawing has changed since that run: ${changed.join('; ')}. No numbers are shown for these nodes.`) });
  }
  return blocks;
}

const stateWords: Readonly<Record<RunResult['status'], string>> = {
  running: 'is still going on',
  done: 'is done',
  failed: 'failed; what finished before is shown',
  cancelled: 'was cancelled; what finished before is shown',
  interrupted: 'was interrupted; what finished before is shown',
};

/** Nodes of the board that the run knows nothing of, or bound otherwise. */
function changedSince(design: Design, run: RunResult): string[] {
  return design.board.nodes.flatMap((node) => {
    if (node.binding === undefined || node.mode === 'bypass' || node.mode === 'off') return [];
    const result = Object.hasOwn(run.nodes, node.id) ? run.nodes[node.id] : undefined;
    if (result === undefined) return [`${titleOf(node)} was not part of it`];
    return result.component === node.binding.component ? [] : [`${titleOf(node)} was ${componentTitle(result.component)}`];
  });
}

function titleOf(node: Node): string {
  return node.title === '' ? node.id : node.title;
}

function boardTable(design: Design): Block[] {
  const bound = design.board.nodes.filter((node) => node.binding !== undefined);
  if (bound.length === 0) return [];
  const rows = bound.map((node) => {
    const params = Object.entries(node.binding?.params ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`);
    return [titleOf(node), componentTitle(node.binding?.component ?? ''), params.join(' · '), node.mode ?? 'on'];
  });
  const anyMode = rows.some((row) => row[3] !== 'on');
  const columns = ['Node', 'Component', 'Parameters set in the design', ...(anyMode ? ['Mode'] : [])];
  return [{ type: 'table', columns, right: columns.map(() => false), rows: rows.map((row) => row.slice(0, columns.length)) }];
}

function assumptions(design: Design): Block[] {
  const rows = (design.assumptions ?? []).map((one) => [one.title, `${one.value}${one.unit === undefined ? '' : ` ${one.unit}`}`, one.source]);
  return [heading(2, 'Assumptions'), { type: 'table', columns: ['Assumed', 'Value', 'Source'], right: [false, true, false], rows }];
}
