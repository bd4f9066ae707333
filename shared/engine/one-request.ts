import type { Context, RunnableComponent } from '#shared/contract/component.ts';
import type { Latency } from '#shared/contract/results.ts';
import type { Examples, Requests, Value } from '#shared/contract/values.ts';
import { candidatesFor, requestsOfPart, splitFor } from '#shared/values/requests.ts';
import { noExamples } from '#shared/values/no-examples.ts';
import type { NodeHost } from './node-context.ts';
import type { NodeTask } from './node-outcome.ts';

type TaskInputs = NodeTask['inputs'];

/**
 * Requests asked one at a time to measure latency, and the longest that this may take. So many that the 99th percentile of two
 * pipelines can be told apart: bounding it from above takes 436 of each (kernels/experiments/quantile-interval.ts).
 */
const sample = { requests: 450, warmUp: 5, millis: 1_500 };

/** The requests that a node answers, from its lists or else its split; undefined where it answers none. */
function requestsIn(inputs: TaskInputs): Requests | undefined {
  const values = Object.values(inputs).flat() as Value[];
  for (const value of values) if (value.type === 'candidates' || value.type === 'list') return value.requests;
  for (const value of values) if (value.type === 'split') return value.requests;
  return undefined;
}

/** The inputs cut down to one request. Examples keep their features and lose their rows: nothing is learned here. */
function inputsFor(inputs: TaskInputs, row: number): TaskInputs {
  const chosen = Int32Array.of(row);
  const cut = (value: Value): Value => {
    switch (value.type) {
      case 'candidates':
      case 'list':
        return candidatesFor(value, chosen);
      case 'split':
        return splitFor(value, chosen);
      case 'examples':
        return noExamples(value as Examples);
      case 'model':
        return { ...value, split: splitFor(value.split, chosen) };
      default:
        return value;
    }
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([port, value]) => [port, Array.isArray(value) ? value.map(cut) : cut(value as Value)]),
  );
}

/** The inputs cut down to the test request of one user. */
export function onlyRequestOf(inputs: TaskInputs, user: number): TaskInputs {
  const requests = requestsIn(inputs);
  let row = -1;
  if (requests !== undefined)
    for (let r = 0; r < requests.user.length; r++) if (requests.user[r] === user && requests.part[r] === 2) row = r;
  return row < 0 ? inputs : inputsFor(inputs, row);
}

/** Times single requests through a node that answers with lists. Null for others. */
export async function askOneByOne(
  component: RunnableComponent,
  ready: unknown,
  task: NodeTask,
  context: Context,
  host: NodeHost,
): Promise<Latency | null> {
  const gives = Object.values(component.spec.outputs).some(({ type }) => type === 'candidates' || type === 'list');
  const requests = requestsIn(task.inputs);
  if (!gives || requests === undefined || component.spec.stage === 'evaluation' || component.spec.stage === 'online')
    return null;
  const rows = requestsOfPart(requests, 2);
  if (rows.length === 0) return null;
  // What is said, shown or learned while measuring is not part of the result.
  const quiet: Context = {
    ...context,
    log() {},
    warn() {},
    curve() {},
    plot() {},
    sheet() {},
    measure() {},
    progress: () => context.progress(1, 'timing single requests'),
  };
  const millis: number[] = [];
  const start = host.clock();
  for (let i = 0; i < sample.requests + sample.warmUp; i++) {
    const inputs = inputsFor(task.inputs, rows[Math.floor((i * rows.length) / (sample.requests + sample.warmUp))]);
    const from = host.clock();
    await component.apply(ready, inputs, task.params, quiet);
    const spent = host.clock() - from;
    if (i >= sample.warmUp) millis.push(spent);
    if (host.clock() - start > sample.millis && millis.length > 0) break;
  }
  const sorted = millis.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  // A clock that is read to the microsecond needs no more places.
  const told = millis.map((one) => Math.round(1000 * one) / 1000);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), requests: millis.length, millis: told };
}
