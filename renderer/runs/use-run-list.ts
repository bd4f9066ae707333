import { useSyncExternalStore } from 'react';
import type { RunSummary } from '#shared/contract/runs.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';

/** Tells when a run began or ended, so that lists of runs know to ask again. */
export interface RunTicker {
  changes(): number;
  watch(listener: () => void): () => void;
}

export function useRunList(ticker: RunTicker): readonly RunSummary[] {
  const connection = useConnection();
  const round = useSyncExternalStore(ticker.watch, ticker.changes);
  const answer = useAnswer(`runs ${round}`, () => connection.call('runs.list'));
  return (answer.value ?? []).toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
}
