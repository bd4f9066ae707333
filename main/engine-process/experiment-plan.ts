import { catalogue } from '#shared/components/catalogue.generated.ts';
import { specs } from '#shared/components/specs.generated.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { CancelSignal, ExperimentPlan, ExperimentPlanOptions } from '#shared/contract/methods.ts';
import type { Dataset } from '#shared/contract/values.ts';
import { boundParams } from '#shared/engine/parameters.ts';
import { runNode } from '#shared/engine/run-node.ts';
import type { RunStore } from '#main/node/runs/run-store.ts';
import { componentPorts } from './component-ports.ts';
import type { RunMemory } from './run-memory.ts';

/** The component "power" asked without a board, from numbers given by hand or from the exposure log that a run left behind. */
export async function planExperiment(runs: RunStore, memory: RunMemory, options: ExperimentPlanOptions, signal: CancelSignal): Promise<ExperimentPlan> {
  const spec = specs['power'];
  const node = { id: 'plan', kind: spec.kind, title: spec.title, x: 0, y: 0 };
  const params = boundParams(node, { component: spec.id, version: spec.version, params: options.params as never }, spec);
  const pilot = options.pilot === undefined ? undefined : await exposureLog(runs, memory, options.pilot);
  const outcome = await runNode(
    await catalogue[spec.id](),
    { id: node.id, title: node.title, component: spec.id, params, inputs: pilot === undefined ? {} : { pilot }, seed: 1 },
    { ports: componentPorts(null), clock: () => performance.now(), memory: () => null, cancelled: () => signal.aborted, breathe: async () => {} },
    { progress: () => {}, curve: () => {} },
  );
  const plan = outcome.outputs['metrics'];
  if (plan?.type !== 'metrics') throw new RunboardError('internal', 'the plan of an experiment has no metrics');
  return { origin: plan.origin, metrics: plan.metrics, plots: plan.plots, sheets: plan.sheets, warnings: outcome.warnings };
}

async function exposureLog(runs: RunStore, memory: RunMemory, { run, node }: { run: string; node: string }): Promise<Dataset> {
  const result = runs.show(run);
  const made = result.nodes[node];
  if (made === undefined) throw new RunboardError('not-found', `${result.run} has no node ${node}`, { remedy: `it has ${Object.keys(result.nodes).join(', ')}` });
  const outputs = (await memory.load(made.key)) ?? {};
  const log = Object.values(outputs).find((value): value is Dataset => value.type === 'dataset' && value.impressions !== null);
  if (log === undefined) {
    throw new RunboardError('bad-data', `${made.title} left no exposure log in ${result.run}`, { where: `node ${node}`, remedy: 'run it again, or give the numbers by hand' });
  }
  return log;
}
