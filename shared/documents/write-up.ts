import type { Design, Node } from '#shared/contract/design.ts';
import type { RunResult } from '#shared/contract/results.ts';
import { boardSvg } from './board/svg.ts';
import { proseBlocks } from './prose.ts';
import { boardFile, citationsOf } from './references.ts';
import { resultBlocks } from './results.ts';
import { componentTitle } from './stages.ts';
import { heading, paragraph, plain } from './tree.ts';
import type { Block, Document } from './tree.ts';

/** How a run and the design as it is now belong together. */
export interface Standing {
  /** Nodes whose results no longer hold for the design: it, its data or what they are made of have changed. */
  readonly stale: ReadonlySet<string>;
  /** Why that could not be found out; null where it could. */
  readonly unchecked: string | null;
}

const upToDate: Standing = { stale: new Set(), unchecked: null };

/** A run without the results that no longer hold for the design. */
export function holding(run: RunResult, standing: Standing): RunResult {
  if (standing.stale.size === 0) return run;
  return { ...run, nodes: Object.fromEntries(Object.entries(run.nodes).filter(([id]) => !standing.stale.has(id))) };
}

/** A design and, where there is one, a run of it, as a document whose every number is tied to that run. */
export function writeUp(design: Design, whole: RunResult | null, standing: Standing = upToDate): Document {
  const run = whole === null ? null : holding(whole, standing);
  const citations = citationsOf(design, run);
  const blocks: Block[] = [heading(1, design.title)];
  if (design.summary !== undefined) blocks.push(...proseBlocks(design.summary, citations));
  if (run === null)
    blocks.push({ type: 'quote', text: plain('Not run yet: this document holds no measured numbers.') });
  else blocks.push(...provenanceLine(design, run, standing));
  blocks.push(
    heading(2, 'The board'),
    { type: 'figure', file: boardFile, svg: boardSvg(design, run), caption: `Board of ${design.title}` },
    ...boardTable(design),
  );
  for (const section of design.writeUp?.sections ?? []) {
    if (section.body.every((line) => line.trim() === '')) continue;
    blocks.push(heading(2, section.title), ...proseBlocks(section.body, citations));
  }
  if ((design.assumptions ?? []).length > 0) blocks.push(...assumptions(design));
  if (run !== null) blocks.push(...resultBlocks(design, run));
  return { title: design.title, blocks };
}

function provenanceLine(design: Design, run: RunResult, standing: Standing): Block[] {
  const allMeasured = Object.values(run.nodes).every((one) => one.origin === 'measured');
  const blocks: Block[] = [
    paragraph(
      `${allMeasured ? 'Every number below was measured in' : 'The numbers below come from'} run `,
      { type: 'code', text: run.run },
      ' on data ',
      { type: 'code', text: run.data.fingerprint.slice(0, 16) },
      ` with seed ${run.seed}${allMeasured ? '' : '; what is simulated, estimated or replayed says so'}${run.status === 'done' ? '' : ` (the run ${stateWords[run.status]})`}.`,
    ),
  ];
  const changed = changedSince(design, run, standing);
  if (standing.unchecked !== null) {
    blocks.push({
      type: 'quote',
      text: plain(`It could not be checked whether the drawing is still that of the run: ${standing.unchecked}.`),
    });
  }
  if (changed.length > 0) {
    blocks.push({
      type: 'quote',
      text: plain(
        `The drawing has changed since that run: ${changed.join('; ')}. No numbers are shown for these nodes.`,
      ),
    });
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
function changedSince(design: Design, run: RunResult, { stale }: Standing): string[] {
  return design.board.nodes.flatMap((node) => {
    if (node.binding === undefined || node.mode === 'bypass' || node.mode === 'off') return [];
    if (stale.has(node.id)) return [`${titleOf(node)} would give another result now`];
    const result = Object.hasOwn(run.nodes, node.id) ? run.nodes[node.id] : undefined;
    if (result === undefined) return [`${titleOf(node)} was not part of it`];
    return result.component === node.binding.component
      ? []
      : [`${titleOf(node)} was ${componentTitle(result.component)}`];
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
  return [
    { type: 'table', columns, right: columns.map(() => false), rows: rows.map((row) => row.slice(0, columns.length)) },
  ];
}

function assumptions(design: Design): Block[] {
  const rows = (design.assumptions ?? []).map((one) => [
    one.title,
    `${one.value}${one.unit === undefined ? '' : ` ${one.unit}`}`,
    one.source,
  ]);
  return [
    heading(2, 'Assumptions'),
    { type: 'table', columns: ['Assumed', 'Value', 'Source'], right: [false, true, false], rows },
  ];
}
