import { catalogue } from '#shared/components/catalogue.generated.ts';
import { specs } from '#shared/components/specs.generated.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { CancelSignal } from '#shared/contract/methods.ts';
import type { RequestTrace, TraceStep } from '#shared/contract/traces.ts';
import type { RunResult } from '#shared/contract/results.ts';
import type { Candidates, Dataset, Value } from '#shared/contract/values.ts';
import { compileBoard } from '#shared/engine/compile.ts';
import type { Outputs } from '#shared/engine/execute.ts';
import type { Plan, PlannedNode } from '#shared/engine/plan.ts';
import { runNode } from '#shared/engine/run-node.ts';
import { heldOut, historyOf } from '#shared/values/history.ts';
import type { RunStore } from '#main/node/runs/run-store.ts';
import { componentPorts } from './component-ports.ts';
import type { RunMemory } from './run-memory.ts';

/**
 * Follows one user's test request through every stage of a finished run: what came, what went, why, and how long it took.
 * Where no user is named it is the first who has one.
 */
export async function traceRequest(
  runs: RunStore,
  memory: RunMemory,
  run: string,
  user: string | undefined,
  signal: CancelSignal,
): Promise<RequestTrace> {
  const result = runs.show(run);
  const plan = compileBoard(runs.designOf(run).board, { specs });
  const stages = plan.nodes.filter(
    (node) =>
      !node.baseline && Object.values(node.spec.outputs).some(({ type }) => type === 'candidates' || type === 'list'),
  );
  const outputs = new Map<string, Outputs>();
  const load = async (id: string): Promise<Outputs | undefined> => {
    const key = result.nodes[id]?.key;
    if (!outputs.has(id) && key !== undefined) {
      const kept = await memory.load(key);
      if (kept !== undefined) outputs.set(id, kept);
    }
    return outputs.get(id);
  };
  const steps: TraceStep[] = [];
  let asked: { lists: Candidates; row: number; user: string } | undefined;
  for (const node of stages) {
    if (signal.aborted) throw new RunboardError('cancelled', 'cancelled');
    const lists = listsOf(await load(node.id));
    if (lists === undefined) continue;
    const row = requestOf(lists, asked?.user ?? user, run);
    asked ??= { lists, row, user: userOf(lists, row) };
    steps.push(
      stepOf(node, plan, lists, row, outputs, await millisOf(node, result, memory, load, lists.requests.user[row])),
    );
  }
  if (asked === undefined)
    throw new RunboardError('not-found', `${result.run} has no lists to trace`, {
      remedy: 'run a design with a retriever first',
    });
  const { lists, row } = asked;
  return {
    run: result.run,
    user: asked.user,
    next: userOf(lists, nextRequest(lists, row)),
    ...pastAndFuture(lists, row),
    steps,
  };
}

function listsOf(outputs: Outputs | undefined): Candidates | undefined {
  return Object.values(outputs ?? {}).find(
    (value): value is Candidates => value.type === 'candidates' || value.type === 'list',
  );
}

function userOf({ split, requests }: Candidates, row: number): string {
  return split.dataset.users.ids[requests.user[row]];
}

/** The first test request behind this one that is of another user, around the end; this one where there is no other. */
function nextRequest({ requests }: Candidates, row: number): number {
  const all = requests.user.length;
  for (let step = 1; step < all; step++) {
    const at = (row + step) % all;
    if (requests.part[at] === 2 && requests.user[at] !== requests.user[row]) return at;
  }
  return row;
}

function firstRequest({ requests }: Candidates, run: string): number {
  const first = requests.part.indexOf(2);
  if (first < 0)
    throw new RunboardError('not-found', `${run} has no test request: nothing was held out for testing`, {
      remedy: 'give the split a test part, and run again',
    });
  return first;
}

function requestOf(lists: Candidates, user: string | undefined, run: string): number {
  if (user === undefined) return firstRequest(lists, run);
  const index = lists.split.dataset.users.ids.indexOf(user);
  if (index < 0)
    throw new RunboardError('not-found', `there is no user ${user} in the data of ${run}`, {
      remedy: 'take an id from the users table (`runboard inspect`)',
    });
  for (let r = 0; r < lists.requests.user.length; r++)
    if (lists.requests.user[r] === index && lists.requests.part[r] === 2) return r;
  throw new RunboardError('not-found', `user ${user} has no test request in ${run}: nothing of theirs was held out`, {
    remedy: 'choose a user with test events',
  });
}

function titleOf(dataset: Dataset, item: number): string | null {
  const column = dataset.items.table.columns[dataset.roles['item.title'] ?? 'title'];
  return column?.kind === 'text'
    ? column.values[item] || null
    : column?.kind === 'category' && column.codes[item] >= 0
      ? column.names[column.codes[item]]
      : null;
}

function stepOf(
  node: PlannedNode,
  plan: Plan,
  lists: Candidates,
  row: number,
  outputs: ReadonlyMap<string, Outputs>,
  millis: number,
): TraceStep {
  const { dataset } = lists.split;
  const before = itemsBefore(node, lists, row, outputs);
  const relevant = new Set(heldOut(lists.split, lists.requests, row).items);
  const from = lists.offsets[row];
  const items = Array.from(lists.items.subarray(from, lists.offsets[row + 1]), (item, at) => ({
    item: dataset.items.ids[item],
    title: titleOf(dataset, item),
    rank: at + 1,
    rankBefore: before.get(item) ?? null,
    score: lists.scores[from + at],
    sources: lists.sources.filter((_, source) => (lists.source[from + at] >>> source) & 1),
    reason: lists.reason === null ? null : lists.reasons[lists.reason[from + at]] || null,
    relevant: relevant.has(item),
  }));
  const left = new Set(lists.items.subarray(from, lists.offsets[row + 1]));
  const dropped = [...before.keys()].filter((item) => !left.has(item)).map((item) => dataset.items.ids[item]);
  return {
    node: node.id,
    title: plan.nodes.find((one) => one.id === node.id)?.title ?? node.id,
    component: node.spec.id,
    millis,
    items,
    dropped,
  };
}

/** Rank of every item in the list that the node was given first. */
function itemsBefore(
  node: PlannedNode,
  lists: Candidates,
  row: number,
  outputs: ReadonlyMap<string, Outputs>,
): Map<number, number> {
  const ranks = new Map<number, number>();
  for (const sources of Object.values(node.inputs)) {
    for (const source of sources) {
      const value = outputs.get(source.node)?.[source.port];
      if (value?.type !== 'candidates' && value?.type !== 'list') continue;
      if (value.requests.user[row] !== lists.requests.user[row]) continue;
      value.items
        .subarray(value.offsets[row], value.offsets[row + 1])
        .forEach((item, at) => ranks.set(item, Math.min(ranks.get(item) ?? Infinity, at + 1)));
    }
  }
  return ranks;
}

/** Milliseconds that this request takes in the node alone: its kept state is opened and the one request asked twice. */
async function millisOf(
  node: PlannedNode,
  result: RunResult,
  memory: RunMemory,
  load: (id: string) => Promise<Outputs | undefined>,
  user: number,
): Promise<number> {
  const inputs: Record<string, Value | Value[]> = {};
  for (const [port, sources] of Object.entries(node.inputs)) {
    const values: Value[] = [];
    for (const source of sources) {
      const value = (await load(source.node))?.[source.port];
      if (value !== undefined) values.push(value);
    }
    if (node.spec.inputs[port].many === true) inputs[port] = values;
    else if (values.length > 0) inputs[port] = values[0];
  }
  const state = (await memory.loadState(result.nodes[node.id].key)) ?? null;
  const outcome = await runNode(
    await catalogue[node.spec.id](),
    {
      id: node.id,
      title: node.title,
      component: node.spec.id,
      params: node.params,
      inputs,
      seed: result.seed,
      state,
      onlyUser: user,
    },
    {
      ports: componentPorts(result.data.path),
      clock: () => performance.now(),
      memory: () => null,
      cancelled: () => false,
      breathe: async () => {},
    },
    { progress: () => {}, curve: () => {} },
  );
  return outcome.applyMillis;
}

function pastAndFuture(lists: Candidates, row: number): Pick<RequestTrace, 'history' | 'heldOut'> {
  const { dataset } = lists.split;
  const past = historyOf(lists.split, 'train+validation');
  const user = lists.requests.user[row];
  const rows = past.rows.slice(past.offsets[user], past.offsets[user + 1]);
  const { time, value, item } = dataset.events;
  const byTime = [...rows].sort((a, b) => (Number.isNaN(time[a]) ? a - b : time[b] - time[a] || a - b));
  return {
    history: byTime.map((at) => ({
      item: dataset.items.ids[item[at]],
      title: titleOf(dataset, item[at]),
      time: Number.isNaN(time[at]) ? null : time[at],
      value: value[at],
    })),
    heldOut: [...new Set(heldOut(lists.split, lists.requests, row).items)].map((one) => ({
      item: dataset.items.ids[one],
      title: titleOf(dataset, one),
    })),
  };
}
