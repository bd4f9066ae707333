import { useState, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { ExperimentsView } from '#renderer/experiments/experiments-view.tsx';
import { Compare } from '#renderer/runs/compare.tsx';
import { comparedAfter } from '#renderer/runs/many.ts';
import { Results } from '#renderer/runs/results.tsx';
import { RunsTable } from '#renderer/runs/runs-table.tsx';
import { useRunList } from '#renderer/runs/use-run-list.ts';
import { SweepView } from '#renderer/sweep/sweep-view.tsx';
import { useApp } from './app-context.ts';
import './experiments-screen.css';
import type { OpenTab } from './workspace.ts';

/** Experiments of the design; and the history of runs in full, with the comparison of several or the results of one below. */
export function ExperimentsScreen({ tab }: { tab: OpenTab }): ReactElement {
  const { runner, workspace } = useApp();
  const design = useStore(tab.document, (state) => state.design);
  const path = useStore(tab.document, (state) => state.path);
  const run = useStore(tab.runs, (state) => state.run);
  const runs = useRunList(runner);
  const [compared, setCompared] = useState<readonly string[]>([]);
  const onCompare = (one: string, on: boolean): void => setCompared(comparedAfter(compared, one, on));
  const show = (one: string): void => {
    void runner.show(tab, one);
    workspace.setState({ screen: 'board' });
  };
  return (
    <main className="screen">
      <ExperimentsView
        design={design}
        runs={runs}
        sweep={<SweepView store={tab.sweep} design={design} path={path} onShow={show} />}
      >
        <div className="experiments">
          <section aria-labelledby="history" tabIndex={0}>
            <h2 id="history">Runs</h2>
            <RunsTable
              runs={runs}
              shown={run}
              compared={compared}
              onShow={(one) => void runner.show(tab, one)}
              onCompare={onCompare}
            />
          </section>
          <section aria-labelledby="detail" tabIndex={0}>
            <h2 id="detail">{compared.length >= 2 ? 'Comparison' : run === null ? 'Results' : `Results of ${run}`}</h2>
            {compared.length >= 2 ? (
              <Compare compared={compared} runs={runs} onCompare={onCompare} />
            ) : (
              <Results design={design} selected={[]} />
            )}
          </section>
        </div>
      </ExperimentsView>
    </main>
  );
}
