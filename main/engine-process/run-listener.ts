import type { Call } from '#shared/contract/methods.ts';
import type { ExecutionListener } from '#shared/engine/execute.ts';
import type { NodeKey } from '#shared/engine/keys.ts';
import type { Plan } from '#shared/engine/plan.ts';
import { Latest } from './latest.ts';
import type { LineageRow, RunStore } from '#main/node/runs/run-store.ts';

/** Commits every node as it finishes, and tells the caller how the run goes. */
export function runListener(
  run: string,
  plan: Plan,
  keys: ReadonlyMap<string, NodeKey>,
  runs: RunStore,
  call: Call,
): ExecutionListener {
  const started = new Map<string, number>();
  const progress = new Latest();
  const position = new Map(plan.nodes.map((node, at) => [node.id, at]));
  const byId = new Map(plan.nodes.map((node) => [node.id, node]));
  const lineageOf = (id: string): LineageRow[] =>
    Object.entries(byId.get(id)?.inputs ?? {}).flatMap(([port, sources]) =>
      sources.map((source, at) => ({
        port,
        position: at,
        fromNode: source.node,
        fromPort: source.port,
        fromKey: keys.get(source.node)?.key ?? '',
      })),
    );
  return {
    started(node) {
      started.set(node, performance.now());
      call.emit('run', { type: 'node-started', run, node });
    },
    progress: (node, share, note) =>
      progress.say(node, () => {
        const spent = (performance.now() - (started.get(node) ?? performance.now())) / 1000;
        // Before a twentieth is done, what is left is anybody's guess.
        const secondsLeft = share < 0.05 ? null : (spent / share) * (1 - share);
        call.emit('run', { type: 'node-progress', run, node, share, note, secondsLeft });
      }),
    curve: (node, point) => call.emit('run', { type: 'node-curve', run, node, point }),
    finished(result) {
      progress.forget(result.id);
      const parts = keys.get(result.id)?.parts;
      runs.addNode(
        run,
        position.get(result.id) ?? plan.nodes.length,
        result,
        parts === undefined ? null : JSON.stringify(parts),
        lineageOf(result.id),
      );
      call.emit('run', { type: 'node-finished', run, node: result.id, result });
    },
  };
}
