import { useEffect, useRef, useState } from 'react';
import type { Failure } from '#shared/contract/failure.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { useConnection } from '#renderer/client/connection-context.ts';

/** Long work that is asked for: how far it is, how it failed, and a way to stop it. */
export interface Work {
  readonly busy: boolean;
  /** From 0 to 1; null before anything is known. */
  readonly share: number | null;
  readonly note: string;
  readonly failure: Failure | null;
  /** Starts it; nothing where it is going on. What was stopped leaves no failure. */
  start(task: (signal: AbortSignal) => Promise<void>): void;
  stop(): void;
}

export function useWork(): Work {
  const connection = useConnection();
  const stopper = useRef<AbortController | null>(null);
  const [state, setState] = useState<Omit<Work, 'start' | 'stop'>>({
    busy: false,
    share: null,
    note: '',
    failure: null,
  });
  useEffect(
    () =>
      connection.on('work', ({ share, note }) => {
        if (stopper.current !== null) setState((before) => ({ ...before, share, note }));
      }),
    [connection],
  );
  // A dialog that goes away takes its work with it.
  useEffect(() => () => stopper.current?.abort(), []);
  const start = (task: (signal: AbortSignal) => Promise<void>): void => {
    if (stopper.current !== null) return;
    const own = new AbortController();
    stopper.current = own;
    setState({ busy: true, share: null, note: '', failure: null });
    const end = (failure: Failure | null): void => {
      stopper.current = null;
      setState({
        busy: false,
        share: null,
        note: own.signal.aborted ? 'Stopped; nothing was written.' : '',
        failure: own.signal.aborted ? null : failure,
      });
    };
    task(own.signal).then(
      () => end(null),
      (thrown: unknown) => end(failureOf(thrown)),
    );
  };
  return { ...state, start, stop: () => stopper.current?.abort() };
}
