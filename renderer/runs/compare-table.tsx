import { Fragment, type ReactElement } from 'react';
import type { ManyComparison } from '#shared/contract/comparisons.ts';
import { metricTitle } from '#shared/contract/metric.ts';
import { metricHelp } from '#renderer/client/catalogue.ts';
import { GapBar, GapText, reachOf, type Gap } from '#renderer/ui/difference.tsx';
import { metricValue, signed } from '#renderer/ui/format.ts';
import { bestOf, type ManyRow, type NodeRows } from './many.ts';

function Best({ clear }: { clear: boolean }): ReactElement {
  return (
    <span
      className={`compare-best ${clear ? '' : 'compare-best-unclear'}`}
      title={clear ? 'Best' : 'Best, but not clearly apart from the baseline'}
    >
      best
    </span>
  );
}

/** A difference without users to pair: only what it is. */
function Plain({ cell, row }: { cell: NonNullable<ManyRow['cells'][number]>; row: ManyRow }): ReactElement | null {
  const [before, after] = [row.baseline?.value ?? null, cell.value.value];
  if (before === null || after === null) return null;
  return <span className="quiet">{before === after ? 'same' : signed(after - before)}</span>;
}

function Cell({ row, at, wide }: { row: ManyRow; at: number; wide: boolean }): ReactElement {
  const cell = row.cells[at];
  if (cell === null)
    return (
      <td className="end quiet" title="Not measured in this run">
        –
      </td>
    );
  const { difference } = cell;
  const clear = difference === null || difference.pHolm < 0.05;
  return (
    <td className="end number">
      {bestOf(row).includes(at) ? <Best clear={clear} /> : null} {metricValue(cell.value.value)}
      {wide ? null : (
        <span className="compare-gap">
          {difference === null ? <Plain cell={cell} row={row} /> : <GapText gap={difference} better={row.better} />}
        </span>
      )}
    </td>
  );
}

/** A difference as a share of the baseline's value, so that metrics of all sizes fit on one line. */
function relative(row: ManyRow): Gap | null {
  const gap = row.cells[0]?.difference ?? null;
  const size = Math.abs(row.baseline?.value ?? 0);
  return gap === null || size === 0
    ? null
    : { ...gap, mean: gap.mean / size, low: gap.low / size, high: gap.high / size };
}

/** With two runs there is room for the difference in columns of its own, and for a bar. */
function WideGap({ row, most }: { row: ManyRow; most: number }): ReactElement {
  const cell = row.cells[0];
  return (
    <>
      <td className="end number">
        {cell === null ? null : cell.difference === null ? (
          <Plain cell={cell} row={row} />
        ) : (
          <GapText gap={cell.difference} better={row.better} />
        )}
      </td>
      <td>
        <GapBar gap={relative(row)} better={row.better} most={most} />
      </td>
    </>
  );
}

function Row({ row, wide, most }: { row: ManyRow; wide: boolean; most: number }): ReactElement {
  return (
    <tr>
      <th scope="row" title={metricHelp(row.metric)}>
        {metricTitle(row.metric)}
      </th>
      <td className="end number">
        {bestOf(row).includes(-1) ? <Best clear /> : null}{' '}
        {row.baseline === null ? '–' : metricValue(row.baseline.value)}
      </td>
      {row.cells.map((_, at) => (
        <Cell key={at} row={row} at={at} wide={wide} />
      ))}
      {wide ? <WideGap row={row} most={most} /> : null}
    </tr>
  );
}

/** Metrics down, runs across; the best of each is marked, and every run says how far it is from the baseline. */
export function CompareTable({
  comparison,
  groups,
}: {
  comparison: ManyComparison;
  groups: readonly NodeRows[];
}): ReactElement | null {
  const wide = comparison.runs.length === 1;
  const columns = 2 + comparison.runs.length + (wide ? 2 : 0);
  if (groups.length === 0) return null;
  return (
    <table className="table compare-table">
      <thead>
        <tr>
          <th scope="col">metric</th>
          <th scope="col" className="end">
            <span className="mono">{comparison.baseline}</span>
            {wide ? null : <span className="quiet"> baseline</span>}
          </th>
          {comparison.runs.map(({ run }) => (
            <th key={run} scope="col" className="end mono">
              {run}
            </th>
          ))}
          {wide ? (
            <>
              <th scope="col" className="end">
                difference, 95 %
              </th>
              <th scope="col">of {comparison.baseline}</th>
            </>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {groups.map(({ node, title, rows }) => {
          const gaps: (Gap | null)[] = rows.map(relative);
          return (
            <Fragment key={node}>
              <tr className="compare-node">
                <th colSpan={columns} scope="rowgroup">
                  <bdi>{title}</bdi>
                </th>
              </tr>
              {rows.map((row) => (
                <Row key={row.metric} row={row} wide={wide} most={reachOf(gaps)} />
              ))}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
