import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '#shared/contract/failure.ts';
import type { ValuePreview } from '#shared/contract/methods.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { useConnection } from '#renderer/client/connection-context.ts';

export const pageRows = 100;
/** Pages that are kept while one scrolls. */
const mostPages = 40;

/** A port of a run, or one of its tables. */
export interface PreviewPlace {
  readonly run: string;
  readonly node: string;
  readonly port: string;
  readonly table: string | null;
}

export interface Pages {
  /** The newest answer: what is said of the value as a whole. */
  readonly about: ValuePreview | null;
  readonly failure: Failure | null;
  rowAt(row: number): ValuePreview['rows'][number] | null;
  /** Asks for the pages that hold these rows. */
  ask(first: number, last: number): void;
}

/** Pages of what lies at a port, asked for when they come into view. */
export function usePages({ run, node, port, table }: PreviewPlace): Pages {
  const connection = useConnection();
  const place = JSON.stringify([run, node, port, table]);
  const pages = useRef({ place, kept: new Map<number, ValuePreview | 'asked'>() });
  const [state, setState] = useState<{ place: string; about: ValuePreview | null; failure: Failure | null }>({
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
        connection
          .call('runs.preview', {
            run,
            node,
            port,
            table: table ?? undefined,
            offset: page * pageRows,
            limit: pageRows,
          })
          .then(
            (about) => {
              kept.set(page, about);
              if (pages.current.kept === kept) setState({ place, about, failure: null });
            },
            (thrown: unknown) =>
              pages.current.kept === kept && setState({ place, about: null, failure: failureOf(thrown) }),
          );
      }
    },
    [connection, place, run, node, port, table],
  );
  useEffect(() => ask(0, 0), [ask]);
  const current = state.place === place ? state : { about: null, failure: null };
  const rowAt = (row: number): ValuePreview['rows'][number] | null => {
    const page = pages.current.kept.get(Math.floor(row / pageRows));
    return page === undefined || page === 'asked' ? null : (page.rows[row % pageRows] ?? null);
  };
  return { about: current.about, failure: current.failure, rowAt, ask };
}
