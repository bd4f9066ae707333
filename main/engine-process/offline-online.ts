import { specs } from '#shared/components/specs.generated.ts';
import type { OfflineOnline } from '#shared/contract/experiments.ts';
import { compileBoard } from '#shared/engine/compile.ts';
import { offlineAgainstOnline, type FinishedRun } from '#shared/engine/offline-online.ts';
import type { RunStore } from '#main/node/runs/run-store.ts';

/** So many runs are read, newest first: each is a few hundred kilobytes of results. */
const mostRuns = 200;

/** Offline against online over the finished runs of a design, or over those of them that are named. */
export function offlineOnlineOf(store: RunStore, design: string, only?: readonly string[]): OfflineOnline {
  const runs = store
    .list()
    .filter((run) => run.status === 'done' && run.design === design && (only === undefined || only.includes(run.run)))
    .slice(0, mostRuns);
  return offlineAgainstOnline(runs.flatMap(({ run }) => finished(store, run)));
}

/** None for a run of components that are no longer what they were: its board does not compile any more. */
function finished(store: RunStore, run: string): FinishedRun[] {
  try {
    return [{ result: store.show(run), plan: compileBoard(store.designOf(run).board, { specs }) }];
  } catch {
    return [];
  }
}
