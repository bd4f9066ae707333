import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '#shared/contract/failure.ts';
import type { TablePage } from '#shared/contract/datasets.ts';
import { failureOf } from './connection.ts';

export const pageRows = 100;
/** Pages that are kept while one scrolls. */
const mostPages = 40;

export interface Pages<P extends TablePage> {
  /** The newest answer: what is said of the table as a whole. */
  readonly about: P | null;
  readonly failure: Failure | null;
  rowAt(row: number): P['rows'][number] | null;
  /** Asks for the pages that hold these rows. */
  ask(first: number, last: number): void;
}

/** Pages of a long table, asked for when they come into view. `place` names the table: another place, other pages. */
export function usePages<P extends TablePage>(
  place: string,
  fetchPage: (offset: number, limit: number) => Promise<P>,
): Pages<P> {
  const pages = useRef({ place, kept: new Map<number, P | 'asked'>() });
  const fetching = useRef(fetchPage);
  fetching.current = fetchPage;
  const [state, setState] = useState<{ place: string; about: P | null; failure: Failure | null }>({
    place,
    about: null,
    failure: null,
  });
  if (pages.current.place !== place) pages.current = { place, kept: new Map() };
  const ask = useCallback(
    (first: number, last: number): void => {
      const { kept } = pages.current;
      for (let page = Math.floor(first / pageRows); page <= Math.floor(last / pageRows); page++) {
        if (kept.has(page)) continue;
        if (kept.size >= mostPages) kept.delete(kept.keys().next().value ?? 0);
        kept.set(page, 'asked');
        fetching.current(page * pageRows, pageRows).then(
          (about) => {
            kept.set(page, about);
            if (pages.current.kept === kept) setState({ place, about, failure: null });
          },
          (thrown: unknown) =>
            pages.current.kept === kept && setState({ place, about: null, failure: failureOf(thrown) }),
        );
      }
    },
    [place],
  );
  useEffect(() => ask(0, 0), [ask]);
  const current = state.place === place ? state : { about: null, failure: null };
  const rowAt = (row: number): P['rows'][number] | null => {
    const page = pages.current.kept.get(Math.floor(row / pageRows));
    return page === undefined || page === 'asked' ? null : (page.rows[row % pageRows] ?? null);
  };
  return { about: current.about, failure: current.failure, rowAt, ask };
}
