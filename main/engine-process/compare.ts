import type { MetricComparison, RunComparison } from '#shared/contract/methods.ts';
import { changesBetween } from '#shared/engine/changes.ts';
import { comparePerUser } from '#shared/values/compare-runs.ts';
import type { RunStore } from '#main/node/runs/run-store.ts';
import type { RunMemory } from './run-memory.ts';

/** Two runs side by side: what changed in the drawing, and every metric that both measured, paired by user where possible. */
export function compareRuns(runs: RunStore, memory: RunMemory, first: string, second: string): RunComparison {
  const a = runs.show(first);
  const b = runs.show(second);
  const metrics: MetricComparison[] = [];
  for (const [node, before] of Object.entries(a.nodes)) {
    const after = b.nodes[node];
    if (after === undefined || node.startsWith('baseline-')) continue;
    // Pairing needs the same users: the same data set.
    const paired =
      a.data.fingerprint === b.data.fingerprint
        ? comparePerUser(memory.userValues(before.key), memory.userValues(after.key))
        : new Map();
    for (const [metric, value] of Object.entries(before.metrics)) {
      if (after.metrics[metric] !== undefined)
        metrics.push({ node, metric, a: value, b: after.metrics[metric], difference: paired.get(metric) ?? null });
    }
  }
  return { a: a.run, b: b.run, changes: changesBetween(a, b, runs.designOf(first), runs.designOf(second)), metrics };
}
