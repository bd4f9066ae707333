import type { Failure } from '#shared/contract/failure.ts';
import type { RunResult } from '#shared/contract/results.ts';
import type { MetricValue } from '#shared/contract/values.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { specOf } from '#renderer/client/catalogue.ts';
import type { SweepRow } from './rows.ts';

export type RowState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** What became of one row. */
export interface RowOutcome {
  readonly state: RowState;
  readonly run: string | null;
  /** Keys as "node metric", evaluations first. */
  readonly metrics: Readonly<Record<string, MetricValue>>;
  /** Nodes that were taken from earlier runs, of all that belong to the run. */
  readonly reused: number;
  readonly nodes: number;
  readonly seconds: number | null;
  readonly failure: Failure | null;
}

export const waiting: RowOutcome = {
  state: 'waiting',
  run: null,
  metrics: {},
  reused: 0,
  nodes: 0,
  seconds: null,
  failure: null,
};

/** All metrics of a run: those of evaluations before those of stages, the last evaluation first. */
function metricsOf(result: RunResult): Record<string, MetricValue> {
  const judged = (component: string): boolean => ['evaluation', 'online'].includes(specOf(component)?.stage ?? '');
  const nodes = Object.values(result.nodes)
    // Baselines are what evaluations compare with: the engine's own, and the same in every run.
    .filter((node) => (node.status === 'done' || node.status === 'reused') && !node.id.startsWith('baseline-'))
    .toReversed();
  const ordered = [
    ...nodes.filter((node) => judged(node.component)),
    ...nodes.filter((node) => !judged(node.component)),
  ];
  return Object.fromEntries(
    ordered.flatMap((node) => Object.entries(node.metrics).map(([metric, value]) => [`${node.id} ${metric}`, value])),
  );
}

/** A finished run as the outcome of its row. */
export function outcomeOf(result: RunResult): RowOutcome {
  const nodes = Object.values(result.nodes);
  const failure = nodes.find((node) => node.error !== undefined)?.error ?? result.error ?? null;
  return {
    state: result.status === 'done' ? 'done' : result.status === 'cancelled' ? 'cancelled' : 'failed',
    run: result.run,
    // What a run measured before it failed says nothing about what was tried.
    metrics: result.status === 'done' ? metricsOf(result) : {},
    reused: nodes.filter((node) => node.status === 'reused').length,
    nodes: nodes.length,
    seconds: result.finishedAt === null ? null : (Date.parse(result.finishedAt) - Date.parse(result.startedAt)) / 1000,
    failure,
  };
}

interface Hands {
  start(row: SweepRow): Promise<RunResult>;
  tell(id: string, outcome: RowOutcome): void;
  readonly signal: { readonly aborted: boolean };
}

/** Runs rows one after another, so that each can reuse what those before it left. A row that fails does not stop the others; cancelling does. */
export async function runRows(rows: readonly SweepRow[], { start, tell, signal }: Hands): Promise<void> {
  for (const row of rows) tell(row.id, waiting);
  for (const row of rows) {
    if (signal.aborted) {
      tell(row.id, { ...waiting, state: 'cancelled' });
      continue;
    }
    tell(row.id, { ...waiting, state: 'running' });
    try {
      tell(row.id, outcomeOf(await start(row)));
    } catch (thrown) {
      const failure = failureOf(thrown);
      tell(
        row.id,
        failure.code === 'cancelled' ? { ...waiting, state: 'cancelled' } : { ...waiting, state: 'failed', failure },
      );
    }
  }
}
