import { useState, type ReactElement } from 'react';
import type { RunSummary } from '#shared/contract/runs.ts';
import { metricTitle } from '#shared/contract/metric.ts';
import { metricHelp } from '#renderer/client/catalogue.ts';
import { ago, duration, metricValue, moment } from '#renderer/ui/format.ts';
import './runs-table.css';

interface RunsTableProps {
  readonly runs: readonly RunSummary[];
  readonly shown: string | null;
  readonly compared: readonly string[];
  onShow(run: string): void;
  onCompare(run: string, compare: boolean): void;
}

const words: Readonly<Record<RunSummary['status'], string>> = {
  running: 'running',
  done: '',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
};

/** The runs of this workspace, newest first; one is shown on the board, several can be compared. Those of sweeps are folded away. */
export function RunsTable({ runs, shown, compared, onShow, onCompare }: RunsTableProps): ReactElement {
  const [swept, setSwept] = useState(false);
  if (runs.length === 0) {
    return (
      <div className="empty">
        <strong>No runs yet</strong>
        <span>Ctrl+Shift+Enter runs the whole board, Ctrl+Enter the selected node.</span>
      </div>
    );
  }
  const now = Date.now();
  const folded = runs.filter((run) => run.sweep && run.run !== shown && !compared.includes(run.run));
  const listed = swept ? runs : runs.filter((run) => !folded.includes(run));
  return (
    <>
      <table className="table runs-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Compare</span>
            </th>
            <th scope="col">run</th>
            <th scope="col">when</th>
            <th scope="col">design</th>
            <th scope="col">data</th>
            <th scope="col" className="end">
              result
            </th>
            <th scope="col" className="end">
              took
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map((run) => (
            <tr key={run.run} className={run.run === shown ? 'run-shown' : ''}>
              <td>
                <input
                  type="checkbox"
                  aria-label={`Compare ${run.run}`}
                  disabled={run.status === 'running'}
                  checked={compared.includes(run.run)}
                  onChange={(event) => onCompare(run.run, event.target.checked)}
                />
              </td>
              <td>
                <button type="button" className="link mono" onClick={() => onShow(run.run)}>
                  {run.run}
                </button>
                {run.sweep ? <span className="run-sweep">sweep</span> : null}
              </td>
              <td
                className="quiet"
                title={`${moment(Date.parse(run.startedAt) / 1000)} UTC, seed ${run.seed}, ${run.nodes} nodes`}
              >
                {ago(Date.parse(run.startedAt), now)}
              </td>
              <td className="truncate" title={run.design}>
                <bdi>{run.design}</bdi>
              </td>
              <td className="quiet truncate" title={run.data}>
                <bdi>{run.data}</bdi>
              </td>
              <td className="end truncate">
                {run.headline === null || run.status !== 'done' ? (
                  <span className={run.status === 'failed' ? 'bad' : run.status === 'running' ? 'run-going' : 'quiet'}>
                    {words[run.status] || 'no metric'}
                  </span>
                ) : (
                  <>
                    <b>{metricValue(run.headline.value)}</b>{' '}
                    <span className="quiet" title={metricHelp(run.headline.metric)}>
                      {metricTitle(run.headline.metric)}, <bdi>{run.headline.title}</bdi>
                    </span>
                  </>
                )}
              </td>
              <td className="end quiet">{run.seconds === null ? '–' : duration(run.seconds * 1000)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {folded.length === 0 ? null : (
        <button type="button" className="link runs-more" aria-expanded={swept} onClick={() => setSwept(!swept)}>
          {swept
            ? 'Fold the runs of sweeps away'
            : folded.length === 1
              ? 'Show the run of a sweep'
              : `Show the ${folded.length} runs of sweeps`}
        </button>
      )}
    </>
  );
}
