import { useState, type ReactElement } from 'react';
import { useStore } from 'zustand';
import type { Design } from '#shared/contract/design.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { metricTitle } from '#renderer/ui/format.ts';
import { firstChoice, judge, metricKeys, metricOfKey } from './judge.ts';
import { waiting } from './run-rows.ts';
import { SweepForm } from './sweep-form.tsx';
import { SweepPlot } from './sweep-plot.tsx';
import { startSweep, type SweepStore } from './sweep-store.ts';
import { SweepTable } from './sweep-table.tsx';
import './sweep.css';

interface SweepViewProps {
  readonly store: SweepStore;
  readonly design: Design;
  readonly path: string | null;
  /** Shows a run on the board. */
  onShow(run: string): void;
}

function Progress({ done, all }: { done: number; all: number }): ReactElement {
  return (
    <div
      className="sweep-progress"
      role="progressbar"
      aria-label="Runs of this sweep"
      aria-valuemin={0}
      aria-valuemax={all}
      aria-valuenow={done}
    >
      <i style={{ width: `${(done / Math.max(1, all)) * 100}%` }} />
    </div>
  );
}

/** Runs a design again and again, each time with something changed, and shows what that does to a metric. */
export function SweepView({ store, design, path, onShow }: SweepViewProps): ReactElement {
  const connection = useConnection();
  const { swept, rows, outcomes, running, cancel } = useStore(store);
  const [chosen, setChosen] = useState<string | null>(null);
  const known = rows.map((row) => outcomes[row.id] ?? waiting);
  const keys = metricKeys(known);
  const key = chosen !== null && keys.includes(chosen) ? chosen : firstChoice(keys);
  const judged = judge(rows, outcomes, key, waiting);
  const done = known.filter(({ state }) => state !== 'waiting' && state !== 'running').length;
  const title = (one: string): string =>
    `${metricTitle(metricOfKey(one))}, ${design.board.nodes.find((node) => node.id === one.split(' ')[0])?.title ?? one.split(' ')[0]}`;
  return (
    <div className="sweep">
      <SweepForm
        design={design}
        running={running}
        onCancel={cancel}
        onStart={(wanted, parameters) =>
          void startSweep(store, { swept: parameters, rows: wanted }, (row, signal) =>
            connection.call('runs.start', { ...row.options, designPath: path }, signal),
          )
        }
      />
      <section className="sweep-found" aria-label="What the runs found" tabIndex={0}>
        {rows.length === 0 ? (
          <div className="empty">
            <strong>What does a parameter do?</strong>
            <span>
              Choose one and its values, or the re-rankers to leave out. Each becomes a run of its own, measured on the
              same data with the same seed.
            </span>
          </div>
        ) : (
          <>
            <header className="sweep-head">
              <select
                className="select"
                aria-label="Metric"
                value={key ?? ''}
                disabled={keys.length === 0}
                onChange={(event) => setChosen(event.target.value)}
              >
                {keys.map((one) => (
                  <option key={one} value={one}>
                    {title(one)}
                  </option>
                ))}
              </select>
              <span className="quiet number" role="status">
                {running
                  ? `${done} of ${rows.length} runs`
                  : `${done} ${done === 1 ? 'run' : 'runs'}, best of one metric on one test set: see whether the intervals overlap`}
              </span>
            </header>
            {running ? <Progress done={done} all={rows.length} /> : null}
            <SweepPlot swept={swept} judged={judged} />
            <SweepTable swept={swept} judged={judged} metric={key === null ? null : metricOfKey(key)} onShow={onShow} />
          </>
        )}
      </section>
    </div>
  );
}
