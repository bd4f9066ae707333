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

/** A pilot is kept so long after it was last asked for: whoever tries settings does not wait for its log each time. */
const keptMillis = 30_000;

/** The exposure log that was planned from last. */
export class PilotShelf {
  private kept: { readonly key: string; readonly log: Dataset } | null = null;
  private timer: NodeJS.Timeout | undefined;

  async take(key: string, load: () => Promise<Dataset>): Promise<Dataset> {
    if (this.kept?.key !== key) this.kept = { key, log: await load() };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.kept = null), keptMillis).unref();
    return this.kept.log;
  }

  close(): void {
    clearTimeout(this.timer);
    this.kept = null;
  }
}

interface Stores {
  readonly runs: RunStore;
  readonly memory: RunMemory;
  readonly pilots: PilotShelf;
}

/** The component "power" asked without a board, from numbers given by hand or from the exposure log that a run left behind. */
export async function planExperiment(
  stores: Stores,
  options: ExperimentPlanOptions,
  signal: CancelSignal,
): Promise<ExperimentPlan> {
  const spec = specs['power'];
  const node = { id: 'plan', kind: spec.kind, title: spec.title, x: 0, y: 0 };
  const params = boundParams(
    node,
    { component: spec.id, version: spec.version, params: options.params as never },
    spec,
  );
  const pilot = options.pilot === undefined ? undefined : await exposureLog(stores, options.pilot);
  const outcome = await runNode(
    await catalogue[spec.id](),
    {
      id: node.id,
      title: node.title,
      component: spec.id,
      params,
      inputs: pilot === undefined ? {} : { pilot },
      seed: 1,
    },
    {
      ports: componentPorts(null),
      clock: () => performance.now(),
      memory: () => null,
      cancelled: () => signal.aborted,
      breathe: async () => {},
    },
    { progress: () => {}, curve: () => {} },
  );
  const plan = outcome.outputs['metrics'];
  if (plan?.type !== 'metrics') throw new RunboardError('internal', 'the plan of an experiment has no metrics');
  return {
    origin: plan.origin,
    metrics: plan.metrics,
    plots: plan.plots,
    sheets: plan.sheets,
    warnings: outcome.warnings,
  };
}

async function exposureLog(
  { runs, memory, pilots }: Stores,
  { run, node }: { run: string; node: string },
): Promise<Dataset> {
  const result = runs.show(run);
  const made = result.nodes[node];
  if (made === undefined)
    throw new RunboardError('not-found', `${result.run} has no node ${node}`, {
      remedy: `it has ${Object.keys(result.nodes).join(', ')}`,
    });
  return pilots.take(made.key, async () => {
    const outputs = (await memory.load(made.key)) ?? {};
    const log = Object.values(outputs).find(
      (value): value is Dataset => value.type === 'dataset' && value.impressions !== null,
    );
    if (log !== undefined) return log;
    throw new RunboardError('bad-data', `${made.title} left no exposure log in ${result.run}`, {
      where: `node ${node}`,
      remedy: 'run it again, or give the numbers by hand',
    });
  });
}
