import { useState, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import type { ManyComparison } from '#shared/contract/comparisons.ts';
import type { RunSummary } from '#shared/contract/runs.ts';
import { metricTitle } from '#shared/contract/metric.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { metricValue, unturned } from '#renderer/ui/format.ts';
import { Tabs } from '#renderer/ui/tabs.tsx';
import './compare.css';
import { CompareDeltas } from './compare-deltas.tsx';
import { CompareTable } from './compare-table.tsx';
import { byNode, differs } from './many.ts';

interface CompareProps {
  /** At least two, oldest first. */
  readonly compared: readonly string[];
  /** The runs of the workspace, newest first. */
  readonly runs: readonly RunSummary[];
  onCompare(run: string, compare: boolean): void;
}

function RunChanges({
  comparison,
  runs,
  onRemove,
}: {
  comparison: ManyComparison;
  runs: readonly RunSummary[];
  onRemove: ((run: string) => void) | null;
}): ReactElement {
  return (
    <>
      {comparison.runs.map(({ run, status, changes }) => {
        const headline = status === 'done' ? (runs.find((one) => one.run === run)?.headline ?? null) : null;
        return (
          <article key={run} className="compare-run" aria-label={run}>
            <h4>
              <span className="mono">{run}</span>
              {status === 'done' ? null : <span className={status === 'failed' ? 'bad' : 'quiet'}>{status}</span>}
              {headline === null ? null : (
                <span className="quiet number">
                  {metricTitle(headline.metric)} {metricValue(headline.value)}, <bdi>{headline.title}</bdi>
                </span>
              )}
              {onRemove === null ? null : (
                <IconButton icon="x" label={`Leave ${run} out`} onClick={() => onRemove(run)} />
              )}
            </h4>
            {changes.length === 0 ? <p className="quiet">Nothing in drawing, parameters, data or seed.</p> : null}
            <ul>
              {changes.map((change) => (
                <li key={change}>{unturned(change)}</li>
              ))}
            </ul>
          </article>
        );
      })}
    </>
  );
}

function Body({ comparison, view }: { comparison: ManyComparison; view: 'table' | 'deltas' }): ReactElement {
  const [all, setAll] = useState(false);
  const moved = comparison.metrics.filter(differs);
  const groups = byNode(all ? comparison.metrics : moved);
  const equal = comparison.metrics.length - moved.length;
  if (comparison.metrics.length === 0)
    return (
      <p className="quiet pad">
        These runs have no metric to compare. Wire an evaluation behind the lists, and run again.
      </p>
    );
  return (
    <>
      {groups.length === 0 ? <p className="quiet pad">No metric differs.</p> : null}
      {view === 'table' ? (
        <CompareTable comparison={comparison} groups={groups} />
      ) : (
        <CompareDeltas comparison={comparison} groups={groups} />
      )}
      {!all && equal > 0 && view === 'table' ? (
        <button type="button" className="link" onClick={() => setAll(true)}>
          {equal === 1 ? 'Show the metric that is equal' : `Show the ${equal} metrics that are equal`}
        </button>
      ) : null}
    </>
  );
}

/** Two runs or more: what changed in the drawing beside what changed in the metrics, all against one of them. */
export function Compare({ compared, runs, onCompare }: CompareProps): ReactElement {
  const connection = useConnection();
  const [wanted, setWanted] = useState<string | null>(null);
  const [view, setView] = useState<'table' | 'deltas'>('table');
  const baseline = wanted !== null && compared.includes(wanted) ? wanted : compared[0];
  const others = compared.filter((run) => run !== baseline);
  const answer = useAnswer(`${baseline} ${others.join(' ')}`, () =>
    connection.call('runs.compareMany', { baseline, runs: others }),
  );
  const found = answer.value;
  const current =
    found !== null && found.baseline === baseline && found.runs.map(({ run }) => run).join() === others.join();
  const more = runs.filter((run) => run.status !== 'running' && !compared.includes(run.run)).slice(0, 100);
  return (
    <div className="compare">
      <section className="compare-changes" aria-label="What changed">
        <h3>What changed</h3>
        <label className="compare-pick">
          from
          <select
            className="select mono"
            aria-label="Baseline"
            value={baseline}
            onChange={(event) => setWanted(event.target.value)}
          >
            {compared.map((run) => (
              <option key={run}>{run}</option>
            ))}
          </select>
        </label>
        {current ? (
          <RunChanges
            comparison={found}
            runs={runs}
            onRemove={compared.length > 2 ? (run) => onCompare(run, false) : null}
          />
        ) : null}
        {more.length === 0 || compared.length >= 8 ? null : (
          <select
            className="select"
            aria-label="Add a run to the comparison"
            value=""
            onChange={(event) => onCompare(event.target.value, true)}
          >
            <option value="">Add a run …</option>
            {more.map((run) => (
              <option key={run.run} value={run.run}>
                {run.run} · {unturned(run.design)}
                {run.headline === null
                  ? ''
                  : ` · ${metricTitle(run.headline.metric)} ${metricValue(run.headline.value)}, ${unturned(run.headline.title)}`}
              </option>
            ))}
          </select>
        )}
      </section>
      <section className="compare-metrics" aria-label="What that did to the metrics" aria-busy={!current}>
        <div className="compare-bar">
          <Tabs
            look="segments"
            label="How differences are shown"
            items={[
              { id: 'table', title: 'Table' },
              { id: 'deltas', title: 'Differences' },
            ]}
            current={view}
            onChoose={setView}
          />
        </div>
        {answer.failure !== null ? (
          <p className="bad pad">{failureLine(answer.failure)}</p>
        ) : current ? (
          <>
            <Body comparison={found} view={view} />
            <p className="quiet compare-note">
              95 % intervals, paired by user. Coloured where clear after Holm over{' '}
              {others.length === 1 ? 'all metrics' : 'all runs and metrics'} of a node.
            </p>
          </>
        ) : (
          <p className="quiet pad" role="status">
            Comparing …
          </p>
        )}
      </section>
    </div>
  );
}
