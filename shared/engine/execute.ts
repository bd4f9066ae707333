import { RunboardError, toFailure, type Failure } from '#shared/contract/failure.ts';
import type { CurvePoint, NodeResult, RunStatus } from '#shared/contract/results.ts';
import type { Plain, Value } from '#shared/contract/values.ts';
import { reasonToRun, type KeyParts, type NodeKey } from './keys.ts';
import { emptyResult, resultOf } from './node-result.ts';
import type { NodeListener, NodeOutcome, NodeTask } from './node-outcome.ts';
import type { Plan, PlannedNode, Source } from './plan.ts';
import { latencyGuardrail, withLatencyGuardrail } from './variant-latency.ts';

export type Outputs = Readonly<Record<string, Value>>;

/** Where tasks are run: workers, or this thread in tests. Runs as many at once as it has lanes; the rest wait. */
export interface Runner {
  run(task: NodeTask, listener: NodeListener): Promise<NodeOutcome>;
}

/** What earlier runs left behind. */
export interface Memory {
  /** The result of a finished node with this key, if any. */
  find(key: string): NodeResult | undefined;
  /** What the node of this id depended on when it last ran, for the reason to run again. */
  lastParts(node: string): KeyParts | undefined;
  /** Outputs kept under a key; undefined where they were not kept or are damaged. */
  load(key: string): Promise<Outputs | undefined>;
  loadState(key: string): Promise<Plain | undefined>;
  /** Keeps a finished node. Called before its result is announced. */
  keep(node: PlannedNode, key: NodeKey, outcome: NodeOutcome): Promise<void>;
}

/** What is heard while a plan is executed. */
export interface ExecutionListener {
  started(node: string): void;
  progress(node: string, share: number, note: string): void;
  curve(node: string, point: CurvePoint): void;
  finished(result: NodeResult): void;
}

export interface Execution {
  readonly plan: Plan;
  readonly keys: ReadonlyMap<string, NodeKey>;
  readonly seed: number;
  readonly fresh: boolean;
  readonly runner: Runner;
  readonly memory: Memory;
  readonly listener: ExecutionListener;
  cancelled(): boolean;
}

/** Executes a plan: independent nodes side by side, each as soon as what it needs is there. Never throws for a node's failure. */
export async function execute(execution: Execution): Promise<{ status: RunStatus; nodes: Record<string, NodeResult> }> {
  const work = new Execute(execution);
  const settled = await Promise.all(execution.plan.nodes.map((node) => work.settle(node.id)));
  const nodes: Record<string, NodeResult> = {};
  for (const result of settled) nodes[result.id] = result;
  for (const { id, title, component, because } of execution.plan.skipped) {
    nodes[id] = emptyResult({ id, title, component, key: '', status: 'skipped', because });
    execution.listener.finished(nodes[id]);
  }
  const baselines = new Set(execution.plan.nodes.filter((node) => node.baseline).map((node) => node.id));
  const counted = settled.filter((result) => !baselines.has(result.id));
  const status: RunStatus = counted.some((result) => result.status === 'cancelled')
    ? 'cancelled'
    : counted.some((result) => result.status === 'failed')
      ? 'failed'
      : 'done';
  return { status, nodes };
}

class Execute {
  private readonly execution: Execution;
  private readonly byId: ReadonlyMap<string, PlannedNode>;
  private readonly titles: ReadonlyMap<string, string>;
  private readonly results = new Map<string, Promise<NodeResult>>();
  private readonly settled = new Map<string, NodeResult>();
  private readonly outputs = new Map<string, Promise<Outputs>>();
  /** Consumers of a node that have not settled yet: at zero its outputs are let go. */
  private readonly waiting = new Map<string, number>();

  constructor(execution: Execution) {
    this.execution = execution;
    this.byId = new Map(execution.plan.nodes.map((node) => [node.id, node]));
    this.titles = new Map(execution.plan.nodes.map((node) => [node.id, node.title]));
    for (const node of execution.plan.nodes) {
      for (const id of neededBy(node)) this.waiting.set(id, (this.waiting.get(id) ?? 0) + 1);
    }
  }

  settle(id: string): Promise<NodeResult> {
    let result = this.results.get(id);
    if (result === undefined) {
      this.results.set(id, (result = this.settleNow(this.node(id)).then((settled) => this.withLatency(settled))));
      void result.then((settled) => {
        this.execution.listener.finished(settled);
        this.release(this.node(id));
      });
    }
    return result;
  }

  /** Adds what only this run has measured. What leads to a node settled before it. */
  private withLatency(result: NodeResult): NodeResult {
    this.settled.set(result.id, result);
    if (result.status !== 'done' && result.status !== 'reused') return result;
    const sheet = latencyGuardrail(this.node(result.id), this.byId, (id) => this.settled.get(id));
    return withLatencyGuardrail(result, sheet);
  }

  private node(id: string): PlannedNode {
    const node = this.byId.get(id);
    if (node === undefined) throw new RunboardError('internal', `node ${id} is wired but not planned`);
    return node;
  }

  private key(id: string): NodeKey {
    return this.execution.keys.get(id) as NodeKey;
  }

  private async settleNow(node: PlannedNode): Promise<NodeResult> {
    const named = { id: node.id, title: node.title, component: node.spec.id, key: this.key(node.id).key };
    const lost = await this.lostSource(node);
    if (this.execution.cancelled())
      return emptyResult({ ...named, status: 'cancelled', because: 'the run was cancelled' });
    if (lost !== undefined)
      return emptyResult({
        ...named,
        status: 'skipped',
        because: `needs ${lost.title}, which ${lost.status === 'failed' ? 'failed' : 'did not run'}`,
      });
    const known = this.execution.fresh ? undefined : this.execution.memory.find(named.key);
    if (known !== undefined) return { ...known, id: node.id, title: node.title, status: 'reused', because: '' };
    const because = this.execution.fresh
      ? 'asked to run afresh'
      : reasonToRun(node, this.key(node.id).parts, this.execution.memory.lastParts(node.id), this.titles);
    try {
      const outcome = await this.run(node);
      this.outputs.set(node.id, Promise.resolve(outcome.outputs));
      return resultOf(node, named.key, because, outcome);
    } catch (thrown) {
      const failure = toFailure(thrown, `node ${node.id}`);
      return emptyResult({
        ...named,
        status: failure.code === 'cancelled' ? 'cancelled' : 'failed',
        because,
        error: located(failure, node),
      });
    }
  }

  /** The first source whose value will not come; a baseline's absence is no loss. */
  private async lostSource(node: PlannedNode): Promise<NodeResult | undefined> {
    const settled = await Promise.all(neededBy(node).map((id) => this.settle(id)));
    return settled.find(
      (result) => result.status !== 'done' && result.status !== 'reused' && !this.node(result.id).baseline,
    );
  }

  private async run(node: PlannedNode): Promise<NodeOutcome> {
    const inputs: Record<string, Value | Value[]> = {};
    for (const [port, sources] of Object.entries(node.inputs)) {
      const values = await this.valuesOf(sources);
      if (node.spec.inputs[port].many === true) inputs[port] = values;
      else if (values.length > 0) inputs[port] = values[0];
    }
    this.execution.listener.started(node.id);
    const task: NodeTask = {
      id: node.id,
      title: node.title,
      component: node.spec.id,
      params: node.params,
      inputs,
      seed: this.execution.seed,
    };
    const outcome = await this.execution.runner.run(task, {
      progress: (share, note) => this.execution.listener.progress(node.id, share, note),
      curve: (point) => this.execution.listener.curve(node.id, point),
    });
    await this.execution.memory.keep(node, this.key(node.id), outcome);
    return outcome;
  }

  private async valuesOf(sources: readonly Source[]): Promise<Value[]> {
    const values: Value[] = [];
    for (const source of sources) {
      const { status } = await this.settle(source.node);
      if (status === 'done' || status === 'reused') values.push((await this.outputsOf(source.node))[source.port]);
    }
    return values;
  }

  /** Outputs of a settled node: in hand, kept from an earlier run, or made again where they were not kept. */
  private outputsOf(id: string): Promise<Outputs> {
    let outputs = this.outputs.get(id);
    if (outputs === undefined) this.outputs.set(id, (outputs = this.recall(this.node(id))));
    return outputs;
  }

  private async recall(node: PlannedNode): Promise<Outputs> {
    return (await this.execution.memory.load(this.key(node.id).key)) ?? (await this.run(node)).outputs;
  }

  private release(node: PlannedNode): void {
    for (const id of neededBy(node)) {
      const left = (this.waiting.get(id) ?? 1) - 1;
      this.waiting.set(id, left);
      if (left === 0) this.outputs.delete(id);
    }
    if ((this.waiting.get(node.id) ?? 0) === 0) this.outputs.delete(node.id);
  }
}

function neededBy(node: PlannedNode): string[] {
  return [...new Set(Object.values(node.inputs).flatMap((sources) => sources.map((source) => source.node)))];
}

function located(failure: Failure, node: PlannedNode): Failure {
  const place = `node ${node.id}`;
  return failure.where === undefined || failure.where === place
    ? { ...failure, where: place }
    : { ...failure, where: `${place}, ${failure.where}` };
}
