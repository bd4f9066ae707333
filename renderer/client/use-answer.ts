import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '#shared/contract/failure.ts';
import { failureOf } from './connection.ts';

export interface Answer<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  again(): void;
}

/** Asks when `key` changes; keeps what it had while it asks again. A null key asks nothing. */
export function useAnswer<T>(key: string | null, ask: () => Promise<T>): Answer<T> {
  const [state, setState] = useState<{ value: T | null; failure: Failure | null; loading: boolean }>({
    value: null,
    failure: null,
    loading: key !== null,
  });
  const [round, setRound] = useState(0);
  const asking = useRef(ask);
  asking.current = ask;
  useEffect(() => {
    if (key === null) {
      setState({ value: null, failure: null, loading: false });
      return undefined;
    }
    let live = true;
    setState((before) => ({ ...before, loading: true }));
    asking.current().then(
      (value) => live && setState({ value, failure: null, loading: false }),
      (thrown: unknown) => live && setState({ value: null, failure: failureOf(thrown), loading: false }),
    );
    return () => {
      live = false;
    };
  }, [key, round]);
  return { ...state, again: useCallback(() => setRound((before) => before + 1), []) };
}
