import { useState, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { select } from '#renderer/board/view.ts';
import { Preview } from '#renderer/preview/preview.tsx';
import { Compare } from '#renderer/runs/compare.tsx';
import { Funnel } from '#renderer/runs/funnel.tsx';
import { comparedAfter, usualPair } from '#renderer/runs/many.ts';
import { Log } from '#renderer/runs/log.tsx';
import { Results } from '#renderer/runs/results.tsx';
import { RunsTable } from '#renderer/runs/runs-table.tsx';
import { Trace } from '#renderer/runs/trace.tsx';
import { useRunList } from '#renderer/runs/use-run-list.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { useApp } from './app-context.ts';
import './bottom-panel.css';
import type { OpenTab } from './workspace.ts';

export type BottomTab = 'funnel' | 'trace' | 'log';
export type RightTab = 'runs' | 'compare' | 'results' | 'preview';

interface BottomPanelProps {
  readonly tab: OpenTab;
  readonly open: boolean;
  readonly shown: BottomTab;
  readonly right: RightTab;
  onShow(tab: BottomTab): void;
  onRight(tab: RightTab): void;
  onOpen(open: boolean): void;
}

/** The evidence under the board: what was lost where, and what earlier runs said. Closed, only its tabs are left. */
export function BottomPanel({ tab, open, shown, right, onShow, onRight, onOpen }: BottomPanelProps): ReactElement {
  const { runner } = useApp();
  const design = useStore(tab.document, (state) => state.design);
  const selected = useStore(tab.view, (state) => state.selected);
  const run = useStore(tab.runs, (state) => state.run);
  const runs = useRunList(runner);
  const [compared, setCompared] = useState<readonly string[]>([]);
  const usual = usualPair(runs, run);
  const beside = compared.length >= 2 ? compared : usual;
  const titles = new Map(design.board.nodes.map((node) => [node.id, node.title]));
  const go = (id: string): void => {
    if (titles.has(id)) select(tab.view, [id]);
  };
  const onCompare = (one: string, on: boolean): void => {
    const next = comparedAfter(compared.length === 0 && right === 'compare' ? (usual ?? []) : compared, one, on);
    setCompared(next);
    if (next.length >= 2) onRight('compare');
  };
  return (
    <div className="bottom-row">
      <div className="bottom-cell">
        <Tabs
          label="Evidence of the run"
          items={[
            { id: 'funnel', title: 'Funnel' },
            { id: 'trace', title: 'Request trace' },
            { id: 'log', title: 'Log' },
          ]}
          current={shown}
          onChoose={(id) => {
            onShow(id);
            onOpen(true);
          }}
        />
        <div className="bottom-scroll" role="tabpanel" aria-label="Evidence of the run" tabIndex={0} hidden={!open}>
          {shown === 'funnel' ? <Funnel design={design} selected={selected} onGo={go} /> : null}
          {shown === 'trace' ? <Trace run={run} /> : null}
          {shown === 'log' ? <Log design={design} selected={selected} /> : null}
        </div>
      </div>
      <div className="bottom-cell">
        <Tabs
          label="Runs"
          items={[
            { id: 'runs', title: 'Runs', count: runs.filter((one) => !one.sweep).length },
            { id: 'compare', title: 'Compare' },
            { id: 'results', title: 'Results' },
            { id: 'preview', title: 'Preview' },
          ]}
          current={right}
          onChoose={(id) => {
            onRight(id);
            onOpen(true);
          }}
        />
        <IconButton
          className="bottom-toggle"
          icon={open ? 'chevron-down' : 'panel-bottom'}
          label={open ? 'Hide the evidence' : 'Show the evidence'}
          keys="Alt+J"
          onClick={() => onOpen(!open)}
        />
        <div className="bottom-scroll" role="tabpanel" aria-label="Runs" tabIndex={0} hidden={!open}>
          {right === 'runs' ? (
            <RunsTable
              runs={runs}
              shown={run}
              compared={compared}
              onShow={(one) => void runner.show(tab, one)}
              onCompare={onCompare}
            />
          ) : null}
          {right === 'compare' ? (
            beside !== null ? (
              <Compare compared={beside} runs={runs} onCompare={onCompare} />
            ) : (
              <div className="empty">
                <strong>Nothing to compare yet</strong>
                <span>
                  Change something on the board and run again: what changed in the drawing is then here, beside what
                  changed in the metrics.
                </span>
              </div>
            )
          ) : null}
          {right === 'preview' ? <Preview design={design} selected={selected} /> : null}
          {right === 'results' ? <Results design={design} selected={selected} /> : null}
        </div>
      </div>
    </div>
  );
}
