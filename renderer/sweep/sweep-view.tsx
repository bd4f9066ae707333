import { useState, type ReactElement } from 'react';
import { useStore } from 'zustand';
import type { Design } from '#shared/contract/design.ts';
import { metricTitle } from '#shared/contract/metric.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { isClear } from '#renderer/ui/difference.tsx';
import { unturned } from '#renderer/ui/format.ts';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { axesOf, passing, type Brushes } from './axes.ts';
import { firstChoice, judge, metricKeys, metricOfKey } from './judge.ts';
import { Parallel } from './parallel.tsx';
import { waiting } from './run-rows.ts';
import { SweepForm } from './sweep-form.tsx';
import { SweepPlot } from './sweep-plot.tsx';
import { startSweep, type SweepStore } from './sweep-store.ts';
import { SweepTable } from './sweep-table.tsx';
import { useAgainst, type Against } from './use-against.ts';
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

/** What the numbers are worth: how many rows chance alone keeps from the best, and that the best of many flatters itself. */
function Verdict({ against, rows, swept }: { against: Against; rows: number; swept: boolean }): ReactElement | null {
  if (against.reference === null) return null;
  if (against.loading) return <p className="quiet sweep-verdict">Pairing the runs user by user …</p>;
  const all = [...against.differences.values()];
  const level = all.filter((gap) => !isClear(gap)).length;
  if (all.length === 0)
    return (
      <p className="quiet sweep-verdict">
        This metric is not known user by user, so that nothing can be said about chance.
      </p>
    );
  return (
    <p className="sweep-verdict" role="status">
      {level === 0
        ? swept
          ? 'The best is clearly ahead of every other run.'
          : 'Every change is clear.'
        : level === all.length
          ? swept
            ? 'None of the others can be told from the best (95 %, paired by user, Holm over all).'
            : 'No change can be told from chance (95 %, paired by user, Holm over all).'
          : `${level} of ${all.length} ${swept ? 'others cannot be told from the best' : 'changes cannot be told from chance'} (95 %, paired by user, Holm over all).`}{' '}
      {swept && rows > 2 ? (
        <span className="quiet">
          The best of {rows} on one test set flatters itself: run it with another seed, or on data that it was not
          chosen on, before you quote it.
        </span>
      ) : null}
    </p>
  );
}

function Found({ store, design, onShow }: Pick<SweepViewProps, 'store' | 'design' | 'onShow'>): ReactElement {
  const { swept, rows, outcomes, running } = useStore(store);
  const [chosen, setChosen] = useState<string | null>(null);
  const [view, setView] = useState<'curves' | 'parallel'>('curves');
  const [brushes, setBrushes] = useState<Brushes>({});
  const [pointed, setPointed] = useState<string | null>(null);
  const known = rows.map((row) => outcomes[row.id] ?? waiting);
  const keys = metricKeys(known);
  const key = chosen !== null && keys.includes(chosen) ? chosen : firstChoice(keys);
  const judged = judge(rows, outcomes, key, waiting);
  const against = useAgainst(judged, key, swept.length === 0, running);
  const axes = key === null || swept.length === 0 ? [] : axesOf(swept, judged, key);
  const parallel = view === 'parallel' && axes.length > 1;
  const kept = parallel ? passing(axes, brushes, judged.length) : [];
  const done = known.filter(({ state }) => state !== 'waiting' && state !== 'running').length;
  const failed = known.filter(({ state }) => state === 'failed').length;
  const title = (one: string): string =>
    `${metricTitle(metricOfKey(one))}, ${design.board.nodes.find((node) => node.id === one.split(' ')[0])?.title ?? one.split(' ')[0]}`;
  return (
    <>
      <header className="sweep-head">
        <select
          className="select"
          aria-label="Metric"
          value={key ?? ''}
          hidden={keys.length === 0}
          onChange={(event) => setChosen(event.target.value)}
        >
          {keys.map((one) => (
            <option key={one} value={one}>
              {unturned(title(one)).slice(0, 80)}
            </option>
          ))}
        </select>
        {axes.length < 2 ? null : (
          <Tabs
            look="segments"
            label="How runs are drawn"
            items={[
              { id: 'curves', title: 'Curves' },
              { id: 'parallel', title: 'Parallel' },
            ]}
            current={view}
            onChoose={setView}
          />
        )}
        <span className="quiet number" role="status">
          {running ? `${done} of ${rows.length} runs` : `${done} ${done === 1 ? 'run' : 'runs'}`}
          {failed === 0 ? null : <span className="bad">, {failed} failed</span>}
        </span>
      </header>
      {running ? <Progress done={done} all={rows.length} /> : null}
      {parallel && key !== null ? (
        <Parallel
          axes={axes}
          judged={judged}
          metric={key}
          brushes={brushes}
          pointed={pointed}
          onBrushes={setBrushes}
          onPoint={setPointed}
        />
      ) : (
        <SweepPlot
          swept={swept}
          judged={judged}
          metric={key === null ? '' : metricOfKey(key)}
          pointed={pointed}
          onPoint={setPointed}
        />
      )}
      <Verdict against={against} rows={rows.length} swept={swept.length > 0} />
      <SweepTable
        swept={swept}
        judged={judged}
        metric={key === null ? null : metricOfKey(key)}
        against={against}
        kept={kept}
        pointed={pointed}
        onPoint={setPointed}
        onShow={onShow}
      />
    </>
  );
}

/** Runs a design again and again, each time with something changed, and shows what that does to a metric. */
export function SweepView({ store, design, path, onShow }: SweepViewProps): ReactElement {
  const connection = useConnection();
  const rows = useStore(store, (state) => state.rows);
  const running = useStore(store, (state) => state.running);
  const cancel = useStore(store, (state) => state.cancel);
  return (
    <div className="sweep">
      <SweepForm
        design={design}
        running={running}
        onCancel={cancel}
        onStart={(wanted, parameters) =>
          void startSweep(store, { swept: parameters, rows: wanted }, (row, signal) =>
            connection.call('runs.start', { ...row.options, designPath: path, sweep: true }, signal),
          )
        }
      />
      <section className="sweep-found" aria-label="What the runs found" tabIndex={0}>
        {rows.length === 0 ? (
          <div className="empty">
            <strong>What does a parameter do?</strong>
            <span>
              Choose one and its values, or the nodes to leave out. Each becomes a run of its own, measured on the same
              data with the same seed.
            </span>
          </div>
        ) : (
          <Found store={store} design={design} onShow={onShow} />
        )}
      </section>
    </div>
  );
}
