import type { Chunk } from './bundle.ts';
import type { Frames } from './frames.ts';
import { gestureNames } from './gestures.ts';
import type { BoardFigures } from './measure-board.ts';
import type { StartTime } from './start.ts';

/** Milliseconds that the 95th of 100 frames may take; opening, adding, renders per step of a drag. */
interface Budget {
  readonly p95: number;
  readonly worst: number | null;
  readonly opening: number | null;
}

function budgetOf(nodes: number): Budget {
  if (nodes > 300) return { p95: 33, worst: null, opening: null };
  return { p95: 17, worst: nodes === 300 ? 100 : null, opening: nodes === 300 ? 1_000 : null };
}

const addingBudget = 50;
const rendersBudget = 5;

const millis = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));
const times = (a: number, b: number): string => `${(a / b).toFixed(1)}×`;
const mainPart = ({ main, script, layout }: Frames): string =>
  `${millis(main)} (${millis(script)} + ${millis(layout)})`;

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function headed(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** Every gesture at every size: budget, measured, and the bare board. */
export function boardTable(figures: readonly BoardFigures[]): string {
  const rows = figures.flatMap((one) => {
    const size = `${one.nodes.toLocaleString('en')} / ${one.edges.toLocaleString('en')}`;
    const budget = budgetOf(one.nodes);
    const frames = gestureNames.map((name) => {
      const { board, bare } = one.gestures[name];
      return [
        size,
        name,
        `${budget.p95}${budget.worst === null ? '' : `, worst ${budget.worst}`}`,
        `${millis(board.p95)}, worst ${millis(board.worst)}`,
        mainPart(board),
        `${millis(bare.p95)}, worst ${millis(bare.worst)}`,
        mainPart(bare),
        times(board.main, bare.main),
      ];
    });
    const opening = budget.opening === null ? '' : `${budget.opening}`;
    return [
      [
        size,
        'opening',
        opening,
        millis(one.opening),
        '',
        millis(one.bareOpening),
        '',
        times(one.opening, one.bareOpening),
      ],
      ...frames,
      [size, 'adding a node', `${addingBudget}`, millis(one.adding), '', '', '', ''],
      [
        size,
        'renders per step of a drag',
        `${rendersBudget}`,
        `${one.renders.nodes.toFixed(1)} nodes + ${one.renders.edges.toFixed(1)} edges, ${one.renders.all.toFixed(0)} components`,
        '',
        '',
        '',
        '',
      ],
    ];
  });
  return headed(
    [
      'nodes / edges',
      'what',
      'budget, ms',
      'p95, ms',
      'main thread per frame (script + layout)',
      'bare p95',
      'bare main thread',
      'ratio',
    ],
    rows,
  );
}

/** From `serve` to a board that answers. */
export function startLine({ address, startPage, board }: StartTime): string {
  return `From \`serve\` to its address ${millis(address)} ms, to the start page ${millis(startPage)} ms, to the sample on a board that answers ${millis(board)} ms (budget 3,000 ms).`;
}

/** What is loaded with the page, and what only when it is asked for. */
export function bundleTable(chunks: readonly Chunk[]): string {
  const kilobytes = (bytes: number): string => (bytes / 1_000).toFixed(1);
  const sum = chunks.filter((chunk) => chunk.atStart).reduce((total, chunk) => total + chunk.zipped, 0);
  return headed(
    ['chunk', 'loaded', 'kB', 'kB, gzip'],
    [
      ...chunks.map((chunk) => [
        chunk.name,
        chunk.atStart ? 'at start' : 'when asked for',
        kilobytes(chunk.bytes),
        kilobytes(chunk.zipped),
      ]),
      ['all at start', '', '', kilobytes(sum)],
    ],
  );
}
