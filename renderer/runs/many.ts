import type { ManyComparison } from '#shared/contract/comparisons.ts';
import type { RunSummary } from '#shared/contract/runs.ts';

export type ManyRow = ManyComparison['metrics'][number];

/** Runs that fit beside one another. */
export const mostCompared = 8;

/** The runs that are compared after one was ticked or let go, oldest first; the earliest ticked goes where there are too many. */
export function comparedAfter(before: readonly string[], run: string, on: boolean): readonly string[] {
  const without = before.filter((one) => one !== run);
  return on ? [...without.slice(1 - mostCompared), run].toSorted() : without;
}

/** What is compared where nobody has chosen: the shown run with the one before it of the same design, the first with the one after it. Null where it is the only one. */
export function usualPair(runs: readonly RunSummary[], shown: string | null): readonly string[] | null {
  const ended = runs
    .filter((run) => run.status !== 'running' && !run.sweep)
    .toSorted((a, b) => b.run.localeCompare(a.run, 'en', { numeric: true }));
  const newest = runs.find((run) => run.run === shown && run.status !== 'running') ?? ended[0];
  if (newest === undefined) return null;
  const others = ended.filter((run) => run.design === newest.design && run.run !== newest.run);
  const isEarlier = ({ run }: RunSummary): boolean => run.localeCompare(newest.run, 'en', { numeric: true }) < 0;
  const earlier = others.filter(isEarlier);
  const near = earlier.length > 0 ? earlier : others.toReversed();
  // One that failed or was stopped has little to compare with.
  const other = near.find(({ status }) => status === 'done') ?? near[0];
  if (other === undefined) return null;
  return isEarlier(other) ? [other.run, newest.run] : [newest.run, other.run];
}

/** Whether anything of a row differs between the baseline and some run. */
export function differs({ baseline, cells }: ManyRow): boolean {
  return cells.some(
    (cell) =>
      (cell === null) !== (baseline === null) ||
      (cell !== null && (cell.difference === null ? cell.value.value !== baseline?.value : cell.difference.mean !== 0)),
  );
}

/** Which of baseline (-1) and runs (their place) have the best value of a row; none where all are alike or nothing is better. */
export function bestOf({ baseline, better, cells }: ManyRow): readonly number[] {
  if (better === 'neither') return [];
  const values = [baseline, ...cells.map((cell) => cell?.value ?? null)].flatMap((one, at) =>
    one?.value == null ? [] : [{ at: at - 1, value: one.value }],
  );
  const all = values.map(({ value }) => value);
  const top = better === 'higher' ? Math.max(...all) : Math.min(...all);
  return all.every((value) => value === all[0]) ? [] : values.filter(({ value }) => value === top).map(({ at }) => at);
}

export interface NodeRows {
  readonly node: string;
  readonly title: string;
  readonly rows: readonly ManyRow[];
}

/** Rows by node: first those whose metrics are known user by user, what comes last on the board before the rest. */
export function byNode(rows: readonly ManyRow[]): readonly NodeRows[] {
  const nodes = new Map<string, ManyRow[]>();
  for (const row of rows) nodes.set(row.node, [...(nodes.get(row.node) ?? []), row]);
  const groups = [...nodes.values()].map((group) => ({ node: group[0].node, title: group[0].title, rows: group }));
  const paired = ({ rows: own }: NodeRows): number =>
    own.some(({ cells }) => cells.some((cell) => cell?.difference != null)) ? 0 : 1;
  return groups.toReversed().toSorted((a, b) => paired(a) - paired(b));
}
