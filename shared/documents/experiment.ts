import type { NodeResult } from '#shared/contract/results.ts';
import type { Sheet } from '#shared/contract/values.ts';
import { liftFigures } from './lift-figure.ts';
import { sheetTable } from './sheet-table.ts';
import { heading, paragraph } from './tree.ts';
import type { Block } from './tree.ts';

/** Sheets of an experiment in the order in which they are read. */
const order = ['lifts', 'guardrails', 'segments', 'policies', 'off-policy', 'support'];

/** What an experiment, or an estimate from a log, says of itself. */
export interface ExperimentParts {
  /** Where the numbers come from: stands in the first line of everything that leaves an experiment. */
  readonly origin: string;
  /** The rest of the card. */
  readonly facts: Sheet;
  /** Lifts, guardrails (with the latency that the run measured), segments, estimates: as people read them, in that order. */
  readonly sheets: readonly Sheet[];
}

/** The parts of an experiment; null for a node that has no experiment card. */
export function experimentParts(one: NodeResult): ExperimentParts | null {
  const card = one.sheets.find((sheet) => sheet.id === 'experiment-card');
  if (card === undefined) return null;
  const placeOf = (sheet: Sheet): number => {
    const at = order.indexOf(sheet.id.split(':')[0]);
    return at < 0 ? order.length : at;
  };
  const sheets = one.sheets
    .filter((sheet) => sheet !== card && sheet.id !== 'latency-guardrail' && sheet.rows.length > 0)
    .map((sheet) => (sheet.id === 'guardrails' ? withLatency(sheet, one) : sheet))
    .toSorted((a, b) => placeOf(a) - placeOf(b));
  return {
    origin: String(card.rows.find((row) => row[0] === 'Origin')?.[1] ?? one.origin),
    facts: { ...card, rows: card.rows.filter((row) => row[0] !== 'Origin') },
    sheets: sheets.map(readable),
  };
}

/**
 * An experiment, or an estimate from a log: where its numbers come from in the first line, then the card, the lift over time, lifts,
 * guardrails and segments. Null for a node that has no experiment card.
 */
export function experimentBlocks(one: NodeResult): Block[] | null {
  const parts = experimentParts(one);
  if (parts === null) return null;
  const [word, ...rest] = parts.origin.split(':');
  return [
    heading(3, one.title),
    paragraph({ type: 'strong', text: word }, rest.length === 0 ? '.' : `:${rest.join(':')}.`),
    sheetTable(parts.facts),
    ...one.plots.filter((plot) => plot.id === 'lift-so-far').flatMap((plot) => liftFigures(plot, one.id)),
    ...parts.sheets.flatMap((sheet) => [heading(4, sheet.title), sheetTable(sheet)]),
  ];
}

/** The guardrails with the latency that the run measured, in one table. */
function withLatency(sheet: Sheet, one: NodeResult): Sheet {
  const measured = one.sheets.find((other) => other.id === 'latency-guardrail');
  return measured === undefined ? sheet : { ...sheet, rows: [...sheet.rows, ...measured.rows] };
}

const percent = (value: number): string => `${value >= 0 ? '+' : '−'}${Math.abs(100 * value).toFixed(1)}\u00a0%`;
const shares = new Set(['lift', 'change']);
const probabilities = new Set(['p', 'p adjusted']);
/** For those who compute: they are in the run, and would make the table wider than a page. */
const leftOut = new Set(['p', 'variance left by CUPED']);

/** Shorter heads, so that the table fits a page. */
const heads: Readonly<Record<string, string>> = {
  'control mean': 'control',
  'variant mean': 'treated',
  'fixed-horizon interval': 'fixed horizon',
  'always-valid interval': 'always valid',
  'p adjusted': 'p adj.',
};

/** Lifts in percent, without columns that do not fit; what rounds to certainty says so less boldly. */
function readable(sheet: Sheet): Sheet {
  const shown = sheet.columns.flatMap((column, at) => (leftOut.has(column) ? [] : [at]));
  const cellOf = (column: string, cell: string | number | null): string | number | null => {
    if (typeof cell !== 'number') return cell;
    if (shares.has(column)) return percent(cell);
    if (column === 'risk') return `${(100 * cell).toFixed(1)}\u00a0%`;
    if (column === 'chance to win') return `${(100 * Math.min(0.999, Math.max(0.001, cell))).toFixed(1)}\u00a0%`;
    return probabilities.has(column) && cell < 0.001 ? '<\u00a00.001' : cell;
  };
  return {
    ...sheet,
    columns: shown.map((at) => heads[sheet.columns[at]] ?? sheet.columns[at]),
    rows: sheet.rows.map((row) => shown.map((at) => cellOf(sheet.columns[at], row[at] ?? null))),
  };
}
