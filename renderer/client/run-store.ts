import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '#shared/contract/failure.ts';
import type { CurvePoint, NodeResult, NodeStatus, RunEvent, RunResult, RunStatus } from '#shared/contract/results.ts';
import type { Origin } from '#shared/contract/values.ts';

export type NodeRunState = 'queued' | 'running' | NodeStatus;

/** What is known of a node: from the run that goes on, or from the last one. */
export interface NodeRun {
  readonly state: NodeRunState;
  readonly share: number;
  readonly note: string;
  readonly secondsLeft: number | null;
  readonly curve: readonly CurvePoint[];
  readonly result: NodeResult | null;
}

export interface NodePlan {
  readonly reused: boolean;
  readonly because: string;
  /** Turned off, or needs something that is: the next run goes without it. */
  readonly leftOut: boolean;
}

export interface RunsOfDesign {
  /** The run that goes on or was last seen. */
  readonly run: string | null;
  readonly status: RunStatus | 'idle' | 'starting';
  readonly startedAt: number | null;
  /** How far the data of a run is that is only starting: its world is made before its first node begins. */
  readonly making: number | null;
  readonly nodes: Readonly<Record<string, NodeRun>>;
  readonly plan: Readonly<Record<string, NodePlan>>;
  readonly result: RunResult | null;
  readonly failure: Failure | null;
}

export type RunStore = StoreApi<RunsOfDesign>;

export function createRunStore(): RunStore {
  return createStore<RunsOfDesign>(() => ({
    run: null,
    status: 'idle',
    startedAt: null,
    making: null,
    nodes: {},
    plan: {},
    result: null,
    failure: null,
  }));
}

const queued: NodeRun = { state: 'queued', share: 0, note: '', secondsLeft: null, curve: [], result: null };

function ofResult(result: NodeResult): NodeRun {
  return { state: result.status, share: 1, note: '', secondsLeft: null, curve: result.curve, result };
}

/** The nodes after one event; the same object where nothing changed. */
function nodesAfter(nodes: Record<string, NodeRun>, event: RunEvent): void {
  switch (event.type) {
    case 'run-started':
      for (const node of event.nodes) nodes[node] = { ...queued, result: nodes[node]?.result ?? null };
      break;
    case 'node-started':
      nodes[event.node] = { ...(nodes[event.node] ?? queued), state: 'running', share: 0, note: '', curve: [] };
      break;
    case 'node-progress':
      nodes[event.node] = {
        ...(nodes[event.node] ?? queued),
        state: 'running',
        share: event.share,
        note: event.note,
        secondsLeft: event.secondsLeft,
      };
      break;
    case 'node-curve': {
      const before = nodes[event.node] ?? queued;
      nodes[event.node] = { ...before, curve: [...before.curve, event.point] };
      break;
    }
    case 'node-finished':
      nodes[event.node] = ofResult(event.result);
      break;
    case 'run-finished':
      for (const [id, node] of Object.entries(nodes)) {
        if (node.state === 'queued' || node.state === 'running')
          nodes[id] = { ...node, state: event.status === 'cancelled' ? 'cancelled' : 'skipped' };
      }
  }
}

/** Events are shown at most this often; while something is moved by hand, this late. */
const pace = { usual: 100, moving: 1_000 } as const;

/**
 * Takes events as they come and shows them at most ten times a second, and once a second while something is moved by hand:
 * a run never makes the board stutter.
 */
export function eventSink(store: RunStore, isMoving: () => boolean): (event: RunEvent) => void {
  let waiting: RunEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waited = 0;
  const flush = (): void => {
    waited += pace.usual;
    if (waited < pace.moving && isMoving()) {
      timer = setTimeout(flush, pace.usual);
      return;
    }
    [timer, waited] = [null, 0];
    const events = waiting;
    waiting = [];
    store.setState((before) => {
      // What was told before the engine was gone and is taken after: nothing goes on any more.
      if (before.status === 'interrupted' && !events.some((event) => event.type === 'run-started')) return before;
      const nodes = { ...before.nodes };
      let { run, status, startedAt } = before;
      for (const event of events) {
        nodesAfter(nodes, event);
        if (event.type === 'run-started')
          [run, status, startedAt] = [event.run, 'running', performance.timeOrigin + performance.now()];
        if (event.type === 'run-finished') status = event.status;
      }
      return { nodes, run, status, startedAt };
    });
  };
  return (event) => {
    waiting.push(event);
    timer ??= setTimeout(flush, pace.usual);
  };
}

/** Shows that a run ended without a result: what was still to be done on its nodes will not be. */
export function endRun(store: RunStore, failure: Failure): void {
  const status = failure.code === 'cancelled' || failure.code === 'interrupted' ? failure.code : 'failed';
  const left = status === 'cancelled' ? 'cancelled' : 'skipped';
  store.setState(({ nodes }) => ({
    status,
    failure,
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([id, node]) => [
        id,
        node.state === 'queued' || node.state === 'running' ? { ...node, state: left } : node,
      ]),
    ),
  }));
}

/** Shows a finished run: its results on the nodes. */
export function showResult(store: RunStore, result: RunResult): void {
  store.setState({
    run: result.run,
    status: result.status,
    nodes: Object.fromEntries(Object.entries(result.nodes).map(([id, node]) => [id, ofResult(node)])),
    result,
    failure: result.error ?? null,
  });
}

const preferred = [/^ndcg@/, /^recall@/, /^auc$/, /^auc/, /^log-?loss/, /^precision@/, /^hit/, /^ctr/, /^accuracy/];

export interface Headline {
  readonly title: string;
  readonly value: number;
  readonly kind: 'metric' | 'curve' | 'count';
  /** Where a metric comes from, unless it was measured. */
  readonly origin?: Exclude<Origin, 'measured'>;
}

/** The one number that a node shows: a metric where it has one, else what it is learning, else what it gave. */
export function headlineOf(run: NodeRun): Headline | null {
  const metrics = run.result?.metrics ?? {};
  const origin = run.result?.origin ?? 'measured';
  const said = origin === 'measured' ? {} : { origin };
  const names = Object.keys(metrics).filter((name) => metrics[name].value !== null);
  for (const pattern of preferred) {
    const name = names.find((one) => pattern.test(one));
    if (name !== undefined) return { title: name, value: metrics[name].value as number, kind: 'metric', ...said };
  }
  if (names.length > 0) return { title: names[0], value: metrics[names[0]].value as number, kind: 'metric', ...said };
  const last = run.curve.at(-1);
  if (last !== undefined) {
    const [title] = Object.keys(last.values).sort(
      (a, b) => Number(b.startsWith('validation')) - Number(a.startsWith('validation')),
    );
    if (title !== undefined) return { title, value: last.values[title], kind: 'curve' };
  }
  const out = run.result?.out ?? null;
  return out === null ? null : { title: run.result?.unit ?? '', value: out, kind: 'count' };
}
