import type {
  Difference,
  ManyComparison,
  ManyOptions,
  MetricComparison,
  RunComparison,
} from '#shared/contract/comparisons.ts';
import type { CancelSignal } from '#shared/contract/methods.ts';
import type { NodeResult, RunResult } from '#shared/contract/results.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { changesBetween } from '#shared/engine/changes.ts';
import { holm } from '#shared/kernels/holm.ts';
import { metrics as knownMetrics } from '#shared/metrics/metrics.generated.ts';
import { comparePerUser } from '#shared/values/compare-runs.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RunStore } from '#main/node/runs/run-store.ts';
import type { RunMemory } from './run-memory.ts';

/** Comparisons that are remembered: the same two results give the same numbers, and people add one run after another. */
const mostKept = 400;

type Paired = ReadonlyMap<string, Difference>;

/** Compares runs: what changed in the drawing, and every metric that they share, paired by user where possible. */
export class Comparisons {
  private readonly runs: RunStore;
  private readonly memory: RunMemory;
  private readonly kept = new Map<string, Paired>();

  constructor(runs: RunStore, memory: RunMemory) {
    this.runs = runs;
    this.memory = memory;
  }

  two(first: string, second: string): RunComparison {
    const a = this.runs.show(first);
    const b = this.runs.show(second);
    const metrics: MetricComparison[] = [];
    for (const [node, before] of Object.entries(a.nodes)) {
      const after = b.nodes[node];
      if (after === undefined || node.startsWith('baseline-')) continue;
      const paired = this.paired(a, b, node);
      for (const [metric, value] of Object.entries(before.metrics)) {
        if (after.metrics[metric] !== undefined)
          metrics.push({ node, metric, a: value, b: after.metrics[metric], difference: paired.get(metric) ?? null });
      }
    }
    return { a: a.run, b: b.run, changes: this.changes(a, b), metrics };
  }

  async many({ baseline, runs, node: only }: ManyOptions, signal: CancelSignal): Promise<ManyComparison> {
    const base = this.runs.show(baseline);
    const others = runs.map((run) => this.runs.show(run));
    const nodes = nodesOf([base, ...others]).filter(([id]) => only === undefined || id === only);
    const metrics: ManyComparison['metrics'][number][] = [];
    for (const [id, title] of nodes) {
      const paired: Paired[] = [];
      for (const other of others) {
        if (signal.aborted) throw new RunboardError('cancelled', 'the comparison was cancelled');
        paired.push(this.paired(base, other, id));
        await nextTurn();
      }
      metrics.push(...rowsOf(id, title, base.nodes[id], others, paired));
    }
    return {
      baseline: base.run,
      runs: others.map((other) => ({ run: other.run, status: other.status, changes: this.changes(base, other) })),
      metrics,
    };
  }

  private changes(a: RunResult, b: RunResult): string[] {
    return changesBetween(a, b, this.runs.designOf(a.run), this.runs.designOf(b.run));
  }

  /** Differences of one node's metrics; none where the runs are on different data: pairing needs the same users. */
  private paired(a: RunResult, b: RunResult, node: string): Paired {
    const [before, after] = [a.nodes[node], b.nodes[node]];
    if (before === undefined || after === undefined || a.data.fingerprint !== b.data.fingerprint) return new Map();
    const name = `${before.key} ${after.key}`;
    const known = this.kept.get(name);
    if (known !== undefined) return known;
    const [first, second] = [this.memory.userValues(before.key), this.memory.userValues(after.key)];
    const found = before.key === after.key ? unchanged(first) : comparePerUser(first, second);
    if (this.kept.size >= mostKept) this.kept.delete(this.kept.keys().next().value as string);
    this.kept.set(name, found);
    return found;
  }
}

/** One result beside itself: no difference, and nothing to test. */
function unchanged(values: ReturnType<RunMemory['userValues']>): Paired {
  return new Map(
    [...values].map(([metric, { values: each }]) => {
      const users = each.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
      return [metric, { mean: 0, low: 0, high: 0, p: 1, pHolm: 1, users }] as const;
    }),
  );
}

/** Every node that some run measured, the baseline's first, without the baselines that the engine adds. */
function nodesOf(results: readonly RunResult[]): [string, string][] {
  const titles = new Map<string, string>();
  for (const { nodes } of results)
    for (const [id, { title }] of Object.entries(nodes))
      if (!id.startsWith('baseline-') && !titles.has(id)) titles.set(id, title);
  return [...titles];
}

function betterOf(metric: string): 'higher' | 'lower' | 'neither' {
  const id = metric.split('@')[0];
  return Object.hasOwn(knownMetrics, id) ? knownMetrics[id as keyof typeof knownMetrics].better : 'neither';
}

function rowsOf(
  node: string,
  title: string,
  base: NodeResult | undefined,
  others: readonly RunResult[],
  paired: readonly Paired[],
): ManyComparison['metrics'][number][] {
  const names = [
    ...new Set([
      ...Object.keys(base?.metrics ?? {}),
      ...others.flatMap((other) => Object.keys(other.nodes[node]?.metrics ?? {})),
    ]),
  ];
  // A run that changed nothing here asks no question, hence does not make the others' answers less sure.
  const asked = names.map((metric) =>
    others.map((other, at) =>
      other.nodes[node]?.key === base?.key ? Number.NaN : (paired[at].get(metric)?.p ?? Number.NaN),
    ),
  );
  const corrected = holm(asked.flat());
  return names.map((metric, row) => ({
    node,
    title,
    metric,
    better: betterOf(metric),
    baseline: base?.metrics[metric] ?? null,
    cells: others.map((other, at) => {
      const value = other.nodes[node]?.metrics[metric];
      if (value === undefined) return null;
      const found = paired[at].get(metric);
      const pHolm = corrected[row * others.length + at];
      const difference: Difference | null =
        found === undefined ? null : { ...found, pHolm: Number.isNaN(pHolm) ? 1 : pHolm };
      return { value, difference };
    }),
  }));
}
