import type { ComponentSpec } from '#shared/contract/component.ts';
import type { PlannedNode, Source } from './plan.ts';

/** Between the id of a node of the board and the period that a copy of it belongs to. */
const mark = '~';

/** Whose random numbers a node draws: a copy for a later period those of the node it was made of. */
export function streamOf(id: string): string {
  const at = id.indexOf(mark);
  return at > 0 ? id.slice(0, at) : id;
}

/**
 * The feedback loop, unrolled: a user simulator that learns again every few days is run period by period, and what lies between the
 * split and its lists is run again for each period, on the split with the log so far. The board's own nodes are those of the first
 * period; its simulator is that of the last, so that what is wired to it reads the whole log.
 */
export function addPeriods(
  nodes: readonly PlannedNode[],
  specs: Readonly<Record<string, ComponentSpec>>,
): PlannedNode[] {
  const learner = Object.hasOwn(specs, 'learn-from-log') ? specs['learn-from-log'] : undefined;
  if (learner === undefined) return [...nodes];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return nodes.flatMap((node) => (repeats(node) ? new Loop(node, byId, learner).unrolled() : [node]));
}

function repeats({ spec, params, inputs }: PlannedNode): boolean {
  const every = Number(params['retrainEvery'] ?? 0);
  return (
    Object.hasOwn(spec.inputs, 'renewed') &&
    every > 0 &&
    every < Number(params['days']) &&
    (inputs['renewed'] ?? []).length === 0
  );
}

/** One simulator and the pipeline behind its lists. */
class Loop {
  private readonly simulator: PlannedNode;
  private readonly learner: ComponentSpec;
  private readonly byId: ReadonlyMap<string, PlannedNode>;
  /** Where the data is first divided: what is learned from grows here. */
  private readonly origins = new Set<string>();
  /** Nodes between there and the lists, in the order of the plan. */
  private readonly pipeline: readonly PlannedNode[];

  constructor(simulator: PlannedNode, byId: ReadonlyMap<string, PlannedNode>, learner: ComponentSpec) {
    this.simulator = simulator;
    this.byId = byId;
    this.learner = learner;
    const between = new Set<string>();
    for (const { node } of simulator.inputs['lists'] ?? []) this.visit(node, between);
    this.pipeline = [...byId.values()].filter((node) => between.has(node.id));
  }

  /** Whether `id` depends on a split; those that do are collected. */
  private visit(id: string, between: Set<string>): boolean {
    const node = this.byId.get(id);
    if (node === undefined) return false;
    if (between.has(id) || this.origins.has(id)) return true;
    const depends = Object.values(node.inputs)
      .flat()
      .map((source) => this.visit(source.node, between))
      .includes(true);
    if (depends) between.add(id);
    else if (Object.values(node.spec.outputs).some(({ type }) => type === 'split')) this.origins.add(id);
    return depends || this.origins.has(id);
  }

  unrolled(): PlannedNode[] {
    const { simulator } = this;
    const every = Number(simulator.params['retrainEvery']);
    const periods = Math.ceil(Number(simulator.params['days']) / every);
    const out: PlannedNode[] = [];
    for (let period = 1; period <= periods; period++) {
      if (period > 1) out.push(...this.copies(period, (period - 1) * every));
      const from = (period - 1) * every;
      const last = period === periods;
      out.push({
        ...simulator,
        id: last ? simulator.id : this.simulatorId(period),
        title: last ? simulator.title : `${simulator.title}, days ${from + 1} to ${from + every}`,
        params: { ...simulator.params, fromDay: from, toDay: last ? 0 : from + every },
        inputs:
          period === 1
            ? simulator.inputs
            : {
                ...simulator.inputs,
                renewed: (simulator.inputs['lists'] ?? []).map((source) => this.source(source, period)),
                past: [{ node: this.simulatorId(period - 1), port: 'log' }],
              },
      });
    }
    return out;
  }

  private simulatorId(period: number): string {
    return `${this.simulator.id}${mark}${period}`;
  }

  private copyId(id: string, period: number): string {
    return `${id}${mark}${this.simulator.id}-${period}`;
  }

  /** The pipeline as it is after `day` days. */
  private copies(period: number, day: number): PlannedNode[] {
    const params = Object.fromEntries(
      Object.entries(this.learner.params).map(([name, param]) => [name, param.default]),
    ) as PlannedNode['params'];
    const learned = [...this.origins].map((id) => ({
      id: this.copyId(id, period),
      title: `${this.learner.title}, day ${day}`,
      spec: this.learner,
      params,
      inputs: {
        split: [{ node: id, port: this.splitPort(id) }],
        log: [{ node: this.simulatorId(period - 1), port: 'log' }],
      },
      baseline: false,
    }));
    const again = this.pipeline.map((node) => ({
      ...node,
      id: this.copyId(node.id, period),
      title: `${node.title}, after day ${day}`,
      inputs: Object.fromEntries(
        Object.entries(node.inputs).map(([port, sources]) => [
          port,
          sources.map((source) => this.source(source, period)),
        ]),
      ),
    }));
    return [...learned, ...again];
  }

  private splitPort(id: string): string {
    const outputs = Object.entries(this.byId.get(id)?.spec.outputs ?? {});
    return outputs.find(([, { type }]) => type === 'split')?.[0] ?? 'split';
  }

  /** The same output in a later period; outside the pipeline it stays what it is. */
  private source(source: Source, period: number): Source {
    if (this.origins.has(source.node)) return { node: this.copyId(source.node, period), port: 'split' };
    return this.pipeline.some((node) => node.id === source.node)
      ? { node: this.copyId(source.node, period), port: source.port }
      : source;
  }
}
