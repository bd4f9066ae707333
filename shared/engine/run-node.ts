import type { Context, RunnableComponent } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Candidates, Plain, Value } from '#shared/contract/values.ts';
import { sizeOf } from '#shared/values/counts.ts';
import { categoryMix } from './category-mix.ts';
import { askOneByOne, onlyRequestOf } from './one-request.ts';
import { nodeContext, type NodeHost } from './node-context.ts';
import type { NodeListener, NodeOutcome, NodeTask } from './node-outcome.ts';
import { stageMetrics } from './stage-metrics.ts';

/**
 * Runs one node from its task to its outcome: fit, open, apply, then the figures of the stage and the cost of single
 * requests. Throws what the component throws; the caller names the node.
 */
export async function runNode(
  component: RunnableComponent,
  task: NodeTask,
  host: NodeHost,
  listener: NodeListener,
): Promise<NodeOutcome> {
  const { context, said, phase } = nodeContext(task, host, listener);
  const before = host.memory();
  const learns = component.fit !== undefined;
  phase.to = learns && task.state === undefined ? 0.8 : 0;
  const fitStart = host.clock();
  const state =
    component.fit !== undefined && task.state === undefined
      ? await component.fit(task.inputs, task.params, context)
      : task.state;
  const fitMillis = learns ? host.clock() - fitStart : null;
  phase.from = phase.to;
  phase.to = 0.97;
  const ready =
    component.open === undefined ? state : await component.open(state ?? null, task.inputs, task.params, context);
  try {
    if (task.onlyUser !== undefined) return await oneRequest(component, ready, task, context, host);
    const applyStart = host.clock();
    const outputs = checkOutputs(component, await component.apply(ready, task.inputs, task.params, context));
    const applyMillis = host.clock() - applyStart;
    phase.from = phase.to;
    phase.to = 1;
    const latency = await askOneByOne(component, ready, task, context, host);
    const mix = categoryMix(component.spec.stage, task.inputs, outputs);
    return {
      outputs,
      state: learns ? (state as Plain) : undefined,
      fitMillis,
      applyMillis,
      memoryBytes: said.peakBytes === null || before === null ? null : Math.max(0, said.peakBytes - before),
      ...sizes(task, outputs),
      stageMetrics: stageMetrics(component.spec.stage, outputs, context),
      latency,
      measures: said.measures,
      warnings: said.warnings,
      log: said.log,
      curve: said.curve,
      plots: mix === null ? said.plots : [...said.plots, mix],
      sheets: said.sheets,
    };
  } finally {
    component.close?.(ready);
  }
}

async function oneRequest(
  component: RunnableComponent,
  ready: unknown,
  task: NodeTask,
  context: Context,
  host: NodeHost,
): Promise<NodeOutcome> {
  const inputs = onlyRequestOf(task.inputs, task.onlyUser ?? -1);
  await component.apply(ready, inputs, task.params, context); // the first call pays for what later ones find ready
  const start = host.clock();
  const outputs = checkOutputs(component, await component.apply(ready, inputs, task.params, context));
  const applyMillis = host.clock() - start;
  return {
    outputs,
    state: undefined,
    fitMillis: null,
    applyMillis,
    memoryBytes: null,
    ...sizes(task, outputs),
    stageMetrics: {},
    latency: null,
    measures: {},
    warnings: [],
    log: [],
    curve: [],
    plots: [],
    sheets: [],
  };
}

function checkOutputs(component: RunnableComponent, given: unknown): Readonly<Record<string, Value>> {
  const outputs = given as Readonly<Record<string, Value>>;
  for (const [port, { type }] of Object.entries(component.spec.outputs)) {
    if (outputs[port]?.type !== type) {
      throw new RunboardError(
        'internal',
        `${component.spec.id} gave ${String(outputs[port]?.type)} at ${port} instead of ${type}`,
      );
    }
  }
  return outputs;
}

/**
 * What went in and came out, counted by the first wired input that is asked (not learned from) and the first output that
 * is neither learned nor learned from. A ranker that nobody asks anything gives its examples.
 */
function sizes(
  task: NodeTask,
  outputs: Readonly<Record<string, Value>>,
): { in: number | null; out: number | null; unit: string } {
  const inputs = Object.values(task.inputs).flat() as Value[];
  const asked = Object.values(task.inputs).map((value) => (Array.isArray(value) ? value : [value]) as Value[]);
  const lists = asked.find((values) => values.some(isList)) ?? [];
  const given = Object.values(outputs);
  const first =
    given.find((value) => value.type !== 'model' && value.type !== 'examples' && !asksNothing(value)) ??
    given.find((value) => value.type === 'examples') ??
    given[0];
  const { count: out, unit } = sizeOf(first);
  // Of no requests there is no mean.
  if (asksNothing(first)) return { in: null, out: null, unit };
  if (lists.length > 0) return { in: lists.reduce((sum, value) => sum + sizeOf(value).count, 0), out, unit };
  if (isList(first)) return { in: first.split.dataset.items.ids.length, out, unit };
  return { in: inputs.length === 0 ? null : sizeOf(inputs[0]).count, out, unit };
}

function isList(value: Value): value is Candidates {
  return value.type === 'candidates' || value.type === 'list';
}

/** Lists of no requests: what a ranker gives where no candidates are wired to it. */
function asksNothing(value: Value): boolean {
  return isList(value) && value.requests.user.length === 0;
}
