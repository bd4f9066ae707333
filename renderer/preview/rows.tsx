import { useEffect, useRef, useState, type ReactElement } from 'react';
import { fullCount, metricValue } from '#renderer/ui/format.ts';
import { ColumnHead, moment } from './column-head.tsx';
import type { Pages } from './use-pages.ts';

const rowHeight = 25;
const headHeight = 60;
const columnWidth = 122;
/** Browsers give up on very tall elements; beyond this the scroll bar is stretched. */
const tallest = 1_000_000;

function read(cell: string | number, type: string): string {
  if (typeof cell === 'string') return cell;
  if (type === 'time') return moment(cell);
  return Number.isInteger(cell) ? String(cell) : metricValue(cell);
}

/** All rows of a table, of which only those in view are fetched and drawn. */
export function Rows({ pages, label }: { pages: Pages; label: string }): ReactElement | null {
  const { about, ask, rowAt } = pages;
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
  }, []);
  const total = about?.total ?? 0;
  const height = Math.min(tallest, total * rowHeight);
  const last = Math.max(0, total - Math.floor(view / rowHeight));
  const first = height <= view ? 0 : Math.min(last, Math.round((top / Math.max(1, height - view)) * last));
  const count = Math.max(1, Math.min(Math.ceil(view / rowHeight), total - first));
  useEffect(() => ask(first, first + count - 1), [ask, first, count]);
  if (about === null) return null;
  const grid = {
    gridTemplateColumns: `56px ${about.profiles.map(({ type }) => `minmax(0, ${['time', 'text', 'vector', 'tags'].includes(type) ? 1.3 : 1}fr)`).join(' ')}`,
    minWidth: 80 + about.columns.length * columnWidth,
  };
  return (
    <div
      ref={box}
      className="preview-scroll"
      role="table"
      aria-label={label}
      aria-rowcount={total}
      tabIndex={0}
      onScroll={(event) =>
        setPlace({ top: event.currentTarget.scrollTop, view: event.currentTarget.clientHeight - headHeight })
      }
    >
      <div className="preview-head" role="row" style={{ ...grid, height: headHeight }}>
        <span role="columnheader" className="quiet">
          row
        </span>
        {about.profiles.map((profile) => (
          <ColumnHead key={profile.name} profile={profile} counted={about.counted} />
        ))}
      </div>
      <div role="rowgroup" className="preview-body" style={{ height, minWidth: grid.minWidth }}>
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
                className="preview-row"
                style={{ ...grid, height: rowHeight }}
              >
                <span role="cell" className="quiet number">
                  {fullCount(row + 1)}
                </span>
                {about.columns.map((column, index) => {
                  const cell = cells?.[index] ?? null;
                  return (
                    <span
                      key={column}
                      role="cell"
                      className="truncate number"
                      title={typeof cell === 'string' ? cell : undefined}
                    >
                      {cell === null ? '' : read(cell, about.profiles[index].type)}
                    </span>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
