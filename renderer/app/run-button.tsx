import { useEffect, useState, type ReactElement } from 'react';
import { useStore } from 'zustand';
import type { RunsOfDesign } from '#renderer/client/run-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { duration } from '#renderer/ui/format.ts';
import { useApp } from './app-context.ts';
import type { OpenTab } from './workspace.ts';

/** What is being made before a run begins; then nodes done, of all that it has. */
function share(state: RunsOfDesign): string {
  if (state.status === 'starting')
    return state.making === null ? 'starting' : `data ${Math.round(state.making * 100)} %`;
  const nodes = Object.values(state.nodes).filter(
    (node) => node.state === 'queued' || node.state === 'running' || node.result?.status !== undefined,
  );
  const done = nodes.filter((node) => node.state !== 'queued' && node.state !== 'running').length;
  return `${done} of ${nodes.length}`;
}

function Elapsed({ since }: { since: number }): ReactElement {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return <span className="run-time number">{duration(Math.max(0, now - since))}</span>;
}

/** Run, or, while it runs, Stop with how far it is. */
export function RunButton({ tab }: { tab: OpenTab }): ReactElement {
  const { runner } = useApp();
  const status = useStore(tab.runs, (state) => state.status);
  const since = useStore(tab.runs, (state) => state.startedAt);
  const words = useStore(tab.runs, share);
  if (status !== 'running' && status !== 'starting') {
    return (
      <Button
        look="solid"
        icon="play"
        className="run-button"
        title="Run the board (Ctrl+Shift+Enter)"
        onClick={() => void runner.start(tab)}
      >
        Run
      </Button>
    );
  }
  return (
    <Button
      look="solid"
      icon="square"
      className="run-button"
      title="Stop (Ctrl+.)"
      onClick={() => void runner.cancel(tab)}
    >
      Stop <span className="run-time number">{words}</span>
      {since === null ? null : <Elapsed since={since} />}
    </Button>
  );
}
