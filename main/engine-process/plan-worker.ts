// A thread that plans experiments: reading a large pilot and adding it up would stop everything else the engine does. Keeps the log
// that was asked for last, for whoever tries settings.
import { parentPort } from 'node:worker_threads';
import { catalogue } from '#shared/components/catalogue.generated.ts';
import { RunboardError, toFailure } from '#shared/contract/failure.ts';
import type { ExperimentPlan } from '#shared/contract/experiments.ts';
import type { Dataset } from '#shared/contract/values.ts';
import type { Outputs } from '#shared/engine/execute.ts';
import { runNode } from '#shared/engine/run-node.ts';
import { Artefacts } from '#main/node/runs/artefacts.ts';
import { componentPorts } from './component-ports.ts';
import type { PilotPlace, PlanAnswer, PlanQuestion } from './plan-messages.ts';

const port = parentPort;
if (port === null) throw new Error('plan-worker.ts runs in a worker thread only');

let kept: { readonly name: string; readonly log: Dataset } | null = null;

function exposureLog({ workspace, name, digest, node, title, run }: PilotPlace): Dataset {
  if (kept?.name === name) return kept.log;
  kept = null;
  const outputs = (new Artefacts(workspace).load(name, digest) ?? {}) as unknown as Outputs;
  const log = Object.values(outputs).find(
    (value): value is Dataset => value.type === 'dataset' && value.impressions !== null,
  );
  if (log === undefined)
    throw new RunboardError('bad-data', `${title} left no exposure log in ${run}`, {
      where: `node ${node}`,
      remedy: 'run it again, or give the numbers by hand',
    });
  kept = { name, log };
  return log;
}

/** The component "power" asked without a board. */
async function planned({ params, pilot }: PlanQuestion): Promise<ExperimentPlan> {
  const component = await catalogue['power']();
  const outcome = await runNode(
    component,
    {
      id: 'plan',
      title: component.spec.title,
      component: component.spec.id,
      params,
      inputs: pilot === null ? {} : { pilot: exposureLog(pilot) },
      seed: 1,
    },
    {
      ports: componentPorts(null),
      clock: () => performance.now(),
      memory: () => null,
      cancelled: () => false,
      breathe: async () => {},
    },
    { progress: () => {}, curve: () => {} },
  );
  const plan = outcome.outputs['metrics'];
  if (plan?.type !== 'metrics') throw new RunboardError('internal', 'the plan of an experiment has no metrics');
  const { origin, metrics, plots, sheets } = plan;
  return { origin, metrics, plots, sheets, warnings: outcome.warnings };
}

port.on('message', (question: PlanQuestion) => {
  void planned(question)
    .then((plan): PlanAnswer => ({ type: 'plan', plan }))
    .catch((thrown: unknown): PlanAnswer => ({ type: 'failed', failure: toFailure(thrown) }))
    .then((answer) => port.postMessage(answer));
});
