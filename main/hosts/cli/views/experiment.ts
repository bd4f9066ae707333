import type { NodeResult, RunResult } from '#shared/contract/results.ts';
import type { Sheet } from '#shared/contract/values.ts';
import { experimentParts } from '#shared/documents/experiment.ts';
import type { ExperimentParts } from '#shared/documents/experiment.ts';
import { numberText } from '#shared/documents/sheet-table.ts';
import { resultTitle } from '#shared/documents/stages.ts';
import { colour, safe, textTable } from '../text.ts';
import type { TextColumn } from '../text.ts';

/** The experiments of a run, and its estimates from logs, each as a card; empty where it has none. */
export function experimentsText(run: RunResult): string {
  const cards = Object.values(run.nodes).flatMap((one) => {
    const parts = one.status === 'done' || one.status === 'reused' ? experimentParts(one) : null;
    return parts === null ? [] : [cardText(one, parts)];
  });
  return cards.join('\n');
}

/** The first line says where the numbers come from; what was decided stands beside each lift. */
function cardText(one: NodeResult, { origin, facts, sheets }: ExperimentParts): string {
  const [word, ...rest] = safe(origin).split(':');
  const head = `  ${colour('bold', safe(resultTitle(one)))}\n  ${colour('yellow', word)}${rest.length === 0 ? '' : `:${rest.join(':')}`}\n`;
  const decisions = decisionsOf(sheets, facts);
  const told = facts.rows.filter((row) => !decisions.has(String(row[0])));
  const known = textTable(
    [{ title: '' }, { title: '' }],
    told.map(([what, says]) => [colour('gray', safe(String(what))), factText(String(what), safe(String(says ?? '')))]),
  );
  const withheld = facts.rows.some((row) => row[0] === 'No result');
  const tables = sheets.flatMap((sheet) => {
    if (sheet.id === 'lifts') return withheld ? [] : [liftsText(sheet, decisions)];
    return [sheet.id.startsWith('off-policy') ? estimatesText(sheet) : sheetText(sheet)];
  });
  return [head + known, ...tables].join('\n');
}

function factText(what: string, says: string): string {
  if (what === 'No result' || what === 'Not judged' || says.includes('ALARM')) return colour('red', says);
  return says;
}

/** What the card says of each lift, by its name there: "better", "worse", "no difference shown". */
function decisionsOf(sheets: readonly Sheet[], facts: Sheet): ReadonlyMap<string, string> {
  const names = new Set(sheets.find(({ id }) => id === 'lifts')?.rows.map(liftName) ?? []);
  return new Map(
    facts.rows.flatMap(([what, says]) =>
      names.has(String(what)) ? [[String(what), String(says).split(':')[0]] as const] : [],
    ),
  );
}

function liftName(row: Sheet['rows'][number]): string {
  return `${row[0]}, ${row[1]}`;
}

/** Goals with what was decided of them; guardrails have a table of their own. */
function liftsText(sheet: Sheet, decisions: ReadonlyMap<string, string>): string {
  const goals = sheet.rows.filter((row) => decisions.has(liftName(row)));
  return sheetText({
    ...sheet,
    columns: [...sheet.columns, 'decision'],
    rows: goals.map((row) => [...row, decisions.get(liftName(row)) ?? '']),
  });
}

/** Estimates, and below them why others are missing: too long for a column. */
function estimatesText(sheet: Sheet): string {
  const missing = new Map<string, string[]>();
  const rows = sheet.rows.map((row) => {
    const [name, ...why] = String(row[0]).split(': ');
    if (row[1] !== null || why.length === 0) return row;
    const reason = why.join(': ');
    missing.set(reason, [...(missing.get(reason) ?? []), name]);
    return [name, ...row.slice(1)];
  });
  const lines = [...missing].map(([reason, names]) => `  ${colour('gray', safe(`${names.join('; ')}: ${reason}`))}\n`);
  return [sheetText({ ...sheet, rows }), ...lines].join('');
}

/** What a narrow terminal can do without; the lowest goes first. */
const droppable: Readonly<Record<string, number>> = { risk: 1, 'chance to win': 2, 'always valid': 3, control: 4 };

function sheetText(sheet: Sheet): string {
  const columns = sheet.columns.map((title, at): TextColumn => {
    const right =
      sheet.rows.some((row) => typeof row[at] === 'number') ||
      sheet.rows.every((row) => /^([+−]|none$)/.test(String(row[at])));
    return { title, most: 90, ...(right && { right }), ...(droppable[title] && { drop: droppable[title] }) };
  });
  const rows = sheet.rows.map((row, r) => row.map((cell, at) => (repeats(sheet, r, at) ? '' : cellText(cell))));
  return `  ${colour('bold', safe(sheet.title))}\n${textTable(columns, rows)}`;
}

/** A metric or segment of several variants is named once. */
function repeats(sheet: Sheet, row: number, at: number): boolean {
  return at === 0 && row > 0 && sheet.columns[1] === 'variant' && sheet.rows[row][0] === sheet.rows[row - 1][0];
}

const styles = [
  [/^(better|holds)\b/, 'green'],
  [/^(worse|broken)\b/, 'red'],
  [/^not known\b/, 'yellow'],
] as const;

function cellText(cell: string | number | null): string {
  if (cell === null) return '–';
  if (typeof cell === 'number') return numberText(cell);
  const [word, ...rest] = safe(cell).split(':');
  const style = styles.find(([start]) => start.test(word))?.[1];
  return `${style === undefined ? word : colour(style, word)}${rest.length === 0 ? '' : `:${rest.join(':')}`}`;
}
