import { useState, type ReactElement, type ReactNode } from 'react';
import type { Design } from '#shared/contract/design.ts';
import type { RunSummary } from '#shared/contract/runs.ts';
import { useRuns } from '#renderer/client/run-context.ts';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { ExperimentCard } from './experiment-card.tsx';
import { judgedNodes, logsOf } from './experiment.ts';
import './experiments.css';
import { OfflineAgainstOnline } from './offline-online.tsx';
import { PlanCalculator } from './plan-calculator.tsx';

const parts = [
  { id: 'card', title: 'Experiment' },
  { id: 'plan', title: 'Plan' },
  { id: 'offline-online', title: 'Offline against online' },
  { id: 'sweep', title: 'Sweep' },
  { id: 'runs', title: 'Runs' },
] as const;
type Part = (typeof parts)[number]['id'];

function Cards({ design }: { design: Design }): ReactElement {
  const nodes = useRuns((state) => state.nodes);
  const run = useRuns((state) => state.run);
  const judged = judgedNodes(design, nodes);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = judged.find((one) => one.node === chosen) ?? judged[0];
  if (shown === undefined) {
    return (
      <div className="empty">
        <strong>No experiment in this run</strong>
        <span>
          Wire lists to a user simulator and its log to an A/B test, or open the template “A/B test of re-rankers”, and
          run.
        </span>
      </div>
    );
  }
  return (
    <>
      {judged.length < 2 ? null : (
        <Tabs
          look="segments"
          label="Experiments of this run"
          items={judged.map(({ node, title }) => ({ id: node, title }))}
          current={shown.node}
          onChoose={setChosen}
        />
      )}
      <ExperimentCard key={shown.node} judged={shown} run={run} />
    </>
  );
}

interface ExperimentsViewProps {
  readonly design: Design;
  readonly runs: readonly RunSummary[];
  /** Sweeps over parameters, and ablations. */
  readonly sweep: ReactNode;
  /** The history of runs. */
  readonly children: ReactNode;
}

/** Experiments of a design: what the newest run found, how to plan one, and what offline metrics are worth. */
export function ExperimentsView({ design, runs, sweep, children }: ExperimentsViewProps): ReactElement {
  const nodes = useRuns((state) => state.nodes);
  const run = useRuns((state) => state.run);
  const [chosen, setChosen] = useState<Part | null>(null);
  const part = chosen ?? (run !== null && judgedNodes(design, nodes).length === 0 ? 'runs' : 'card');
  const pilots = run === null ? [] : logsOf(design, nodes).map((log) => ({ ...log, run }));
  return (
    <div className="experiments-view">
      <nav className="experiments-parts">
        <Tabs look="line" label="Parts of the experiments view" items={parts} current={part} onChoose={setChosen} />
      </nav>
      {part === 'runs' ? (
        <div className="experiments-runs">{children}</div>
      ) : part === 'sweep' ? (
        <div className="experiments-runs">{sweep}</div>
      ) : (
        <div
          className="experiments-part"
          role="region"
          aria-label={parts.find((one) => one.id === part)?.title}
          tabIndex={0}
        >
          {part === 'card' ? <Cards design={design} /> : null}
          {part === 'plan' ? <PlanCalculator pilots={pilots} /> : null}
          {part === 'offline-online' ? (
            <OfflineAgainstOnline design={design.title} newest={runs[0]?.run ?? ''} />
          ) : null}
        </div>
      )}
    </div>
  );
}
