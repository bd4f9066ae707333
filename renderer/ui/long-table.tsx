import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { fullCount } from './format.ts';
import './long-table.css';

const rowHeight = 25;
/** Browsers give up on very tall elements; beyond this the scroll bar is stretched. */
const tallest = 1_000_000;

export interface LongColumn {
  readonly name: string;
  /** What stands over the column. */
  readonly head: ReactNode;
  /** Wants more room than the others. */
  readonly wide?: boolean;
  /** Holds short numbers: as wide as the numbers of the rows. */
  readonly narrow?: boolean;
  /** A cell as it is read. */
  show(cell: string | number): string;
}

interface LongTableProps {
  readonly label: string;
  readonly total: number;
  readonly columns: readonly LongColumn[];
  readonly headHeight: number;
  rowAt(row: number): readonly (string | number | null)[] | null;
  /** Which rows are in view, so that they can be fetched. */
  onView(first: number, last: number): void;
  /** What can be done with a row, as a button at its end; null while the row is not there yet. */
  rowEnd?(row: number): ReactElement | null;
}

function trackOf({ wide, narrow }: LongColumn): string {
  return narrow === true ? '64px' : `minmax(0, ${wide === true ? 1.3 : 1}fr)`;
}

/** All rows of a table as high as its place, of which only those in view are fetched and drawn. */
export function LongTable(props: LongTableProps): ReactElement {
  const { label, total, columns, headHeight, rowAt, onView, rowEnd } = props;
  const box = useRef<HTMLDivElement>(null);
  const [{ top, view: measured }, setPlace] = useState({ top: 0, view: 300 });
  // A panel may be lower than the head of the table: one row is always there.
  const view = Math.max(rowHeight, measured);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const watcher = new ResizeObserver(() =>
      setPlace((before) => ({ ...before, view: element.clientHeight - headHeight })),
    );
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [headHeight]);
  const height = Math.min(tallest, total * rowHeight);
  const last = Math.max(0, total - Math.floor(view / rowHeight));
  const first = height <= view ? 0 : Math.min(last, Math.round((top / Math.max(1, height - view)) * last));
  const count = Math.max(1, Math.min(Math.ceil(view / rowHeight), total - first));
  useEffect(() => onView(first, first + count - 1), [onView, first, count]);
  const grid = {
    // As wide as the number of the last row.
    gridTemplateColumns: [
      `${Math.max(56, 14 + 7.5 * fullCount(total).length)}px`,
      ...columns.map(trackOf),
      ...(rowEnd === undefined ? [] : ['24px']),
    ].join(' '),
    minWidth: 80 + columns.length * 122,
  };
  return (
    <div
      ref={box}
      className="long-table"
      role="table"
      aria-label={label}
      aria-rowcount={total}
      tabIndex={0}
      onScroll={(event) =>
        setPlace({ top: event.currentTarget.scrollTop, view: event.currentTarget.clientHeight - headHeight })
      }
    >
      <div className="long-head" role="row" style={{ ...grid, height: headHeight }}>
        <span role="columnheader" className="quiet">
          row
        </span>
        {columns.map(({ name, head }) => (
          <span key={name} role="columnheader" className="long-column">
            {head}
          </span>
        ))}
        {rowEnd === undefined ? null : <span role="columnheader" aria-label="what can be done" />}
      </div>
      <div role="rowgroup" style={{ height, minWidth: grid.minWidth }}>
        <div
          role="presentation"
          style={{ transform: `translateY(${Math.min(top, Math.max(0, height - count * rowHeight))}px)` }}
        >
          {Array.from({ length: total === 0 ? 0 : count }, (_, at) => first + at).map((row) => {
            const cells = rowAt(row);
            return (
              <div
                key={row}
                role="row"
                aria-rowindex={row + 1}
                className="long-row"
                style={{ ...grid, height: rowHeight }}
              >
                <span role="cell" className="quiet number">
                  {fullCount(row + 1)}
                </span>
                {columns.map(({ name, show }, index) => {
                  const cell = cells?.[index] ?? null;
                  return (
                    <span
                      key={name}
                      role="cell"
                      className="truncate number"
                      dir="auto"
                      title={typeof cell === 'string' ? cell.slice(0, 600) : undefined}
                    >
                      {cells === null ? '' : cell === null ? <i className="quiet">empty</i> : show(cell).slice(0, 300)}
                    </span>
                  );
                })}
                {rowEnd === undefined ? null : <span role="cell">{rowEnd(row)}</span>}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
