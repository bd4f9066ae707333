import { useState, type ReactElement } from 'react';
import type { ManyComparison } from '#shared/contract/comparisons.ts';
import { metricTitle } from '#shared/contract/metric.ts';
import { metricHelp } from '#renderer/client/catalogue.ts';
import { GapBar, GapText, reachOf } from '#renderer/ui/difference.tsx';
import { metricValue, signed } from '#renderer/ui/format.ts';
import type { ManyRow, NodeRows } from './many.ts';

function Delta({ row, runs }: { row: ManyRow; runs: ManyComparison['runs'] }): ReactElement {
  const most = reachOf(row.cells.map((cell) => cell?.difference ?? null));
  return (
    <figure className="delta">
      <figcaption>
        <strong title={metricHelp(row.metric)}>{metricTitle(row.metric)}</strong>
        <span className="quiet number">
          baseline {metricValue(row.baseline?.value)}
          {row.better === 'neither' ? '' : `, ${row.better} is better`}
        </span>
      </figcaption>
      <ul>
        {runs.map(({ run, changes }, at) => {
          const gap = row.cells[at]?.difference ?? null;
          return (
            <li key={run}>
              <span className="mono" title={changes.join('; ')}>
                {run}
              </span>
              <GapBar gap={gap} better={row.better} most={most} />
              <span className="number">
                {gap === null ? (
                  <span className="quiet">not measured by user</span>
                ) : (
                  <GapText gap={gap} better={row.better} />
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="delta-axis quiet number" aria-hidden="true">
        <span>{most > 0 ? signed(-most) : ''}</span>
        <span>0</span>
        <span>{most > 0 ? signed(most) : ''}</span>
      </p>
    </figure>
  );
}

/** How far every run is from the baseline, metric by metric, each with its interval on a scale of its own. */
export function CompareDeltas({
  comparison,
  groups,
}: {
  comparison: ManyComparison;
  groups: readonly NodeRows[];
}): ReactElement {
  const [chosen, setChosen] = useState<string | null>(null);
  const paired = groups
    .map((group) => ({
      ...group,
      rows: group.rows.filter(({ cells }) => cells.some((cell) => cell?.difference != null)),
    }))
    .filter(({ rows }) => rows.length > 0);
  const shown = paired.find(({ node }) => node === chosen) ?? paired[0];
  if (shown === undefined)
    return (
      <p className="quiet pad">
        No metric that differs was measured user by user in both: only evaluations that ran in both, on the same data,
        can be paired.
      </p>
    );
  return (
    <>
      {paired.length < 2 ? null : (
        <select
          className="select delta-node"
          aria-label="Evaluation"
          value={shown.node}
          onChange={(event) => setChosen(event.target.value)}
        >
          {paired.map(({ node, title }) => (
            <option key={node} value={node}>
              {title}
            </option>
          ))}
        </select>
      )}
      <div className="deltas">
        {shown.rows.map((row) => (
          <Delta key={row.metric} row={row} runs={comparison.runs} />
        ))}
      </div>
    </>
  );
}
