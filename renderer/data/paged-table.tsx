import { useCallback, useEffect, useRef, useState, type ReactElement } from 'react';
import { failureLine, type Failure } from '#shared/contract/failure.ts';
import type { TablePage } from '#shared/contract/methods.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { fullCount } from '#renderer/ui/format.ts';

const rowHeight = 26;
const pageRows = 100;
/** Browsers give up on very tall elements; beyond this many rows the scroll bar is stretched. */
const tallest = 600_000;

/** All rows of a table, of which only what is looked at is fetched and drawn. */
export function PagedTable({ path, table }: { path: string; table: string }): ReactElement {
  const connection = useConnection();
  const pages = useRef(new Map<number, TablePage | 'asked'>());
  const [, redraw] = useState(0);
  const [top, setTop] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const ask = useCallback(
    (page: number): void => {
      if (pages.current.has(page)) return;
      pages.current.set(page, 'asked');
      connection.call('datasets.page', { path, table, offset: page * pageRows, limit: pageRows }).then(
        (answer) => {
          pages.current.set(page, answer);
          redraw((before) => before + 1);
        },
        (thrown: unknown) => setFailure(failureOf(thrown)),
      );
    },
    [connection, path, table],
  );
  const loaded = [...pages.current.values()].find((page) => page !== 'asked');
  const total = loaded?.total ?? 0;
  const height = Math.min(tallest, total * rowHeight);
  const view = 340;
  const last = Math.max(0, total - Math.floor(view / rowHeight));
  const first = height <= view ? 0 : Math.min(last, Math.round((top / Math.max(1, height - view)) * last));
  const count = Math.ceil(view / rowHeight);
  useEffect(() => {
    for (let page = Math.floor(first / pageRows); page <= Math.floor((first + count) / pageRows); page++) ask(page);
  }, [ask, first, count]);
  if (failure !== null) return <p className="bad">{failureLine(failure)}</p>;
  const columns = loaded?.columns ?? [];
  const rows = Array.from({ length: Math.min(count, total - first) }, (_, at) => {
    const row = first + at;
    const page = pages.current.get(Math.floor(row / pageRows));
    return { row, cells: page === undefined || page === 'asked' ? null : (page.rows[row % pageRows] ?? null) };
  });
  return (
    <div className="paged" role="table" aria-label={`Rows of ${table}`} aria-rowcount={total}>
      <div
        className="paged-head"
        role="row"
        style={{ gridTemplateColumns: `64px repeat(${columns.length}, minmax(90px, 1fr))` }}
      >
        <span role="columnheader">row</span>
        {columns.map((column) => (
          <span key={column} role="columnheader" className="truncate">
            {column}
          </span>
        ))}
      </div>
      <div
        ref={box}
        className="paged-scroll"
        style={{ height: Math.min(view, Math.max(rowHeight, total * rowHeight)) }}
        tabIndex={0}
        role="rowgroup"
        aria-label="Rows"
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <div style={{ height, position: 'relative' }} role="presentation">
          <div className="paged-rows" role="presentation" style={{ transform: `translateY(${top}px)` }}>
            {rows.map(({ row, cells }) => (
              <div
                key={row}
                role="row"
                aria-rowindex={row + 1}
                className="paged-row"
                style={{ height: rowHeight, gridTemplateColumns: `64px repeat(${columns.length}, minmax(90px, 1fr))` }}
              >
                <span role="cell" className="quiet number">
                  {fullCount(row + 1)}
                </span>
                {columns.map((column, at) => (
                  <span key={column} role="cell" className="truncate number">
                    {cells === null ? '' : (cells[at] ?? <i className="quiet">empty</i>)}
                  </span>
                ))}
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}
