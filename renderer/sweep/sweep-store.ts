import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunResult } from '#shared/contract/results.ts';
import type { Swept, SweepRow } from './rows.ts';
import { runRows, type RowOutcome } from './run-rows.ts';

/** A sweep that goes on or has ended; it outlives the view that shows it. */
export interface SweepState {
  readonly swept: readonly Swept[];
  readonly rows: readonly SweepRow[];
  readonly outcomes: Readonly<Record<string, RowOutcome>>;
  readonly running: boolean;
  cancel(): void;
}

export type SweepStore = StoreApi<SweepState>;

export function createSweepStore(): SweepStore {
  return createStore<SweepState>(() => ({ swept: [], rows: [], outcomes: {}, running: false, cancel: () => {} }));
}

export type StartRun = (row: SweepRow, signal: AbortSignal) => Promise<RunResult>;

/** Starts a sweep in place of the one before; nothing where one is still running. */
export async function startSweep(
  store: SweepStore,
  { swept, rows }: Pick<SweepState, 'swept' | 'rows'>,
  start: StartRun,
): Promise<void> {
  if (store.getState().running || rows.length === 0) return;
  const stop = new AbortController();
  store.setState({ swept, rows, outcomes: {}, running: true, cancel: () => stop.abort() });
  await runRows(rows, {
    start: (row) => start(row, stop.signal),
    tell: (id, outcome) => store.setState((before) => ({ outcomes: { ...before.outcomes, [id]: outcome } })),
    signal: stop.signal,
  });
  store.setState({ running: false });
}
