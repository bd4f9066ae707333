import type { Design } from '#shared/contract/design.ts';
import { toFailure } from '#shared/contract/failure.ts';
import type { Ablation } from '#shared/contract/runs.ts';
import { compileBoard, type CompileOptions } from './compile.ts';
import type { Plan, PlannedNode } from './plan.ts';

type Board = Design['board'];

/**
 * Which nodes can be left out, one at a time. A node is left out by bypassing it: what comes in goes on to what follows,
 * and what follows must be able to run on that. Evaluations are left out of this: they are what measures. Throws where the
 * board cannot run as it is drawn.
 */
export function ablationsOf(board: Board, options: CompileOptions): Ablation[] {
  const plan = compileBoard(board, options);
  const running = plan.nodes.filter((node) => !node.baseline);
  return running
    .filter((node) => !measures(node))
    .map((node) => {
      const { id, title, spec } = node;
      const dependent = downstreamOf(id, running).filter(measures);
      const refusal =
        dependent.length === 0
          ? 'nothing that is measured depends on it'
          : joins(node)
            ? 'it joins several, of which only one could go on without it'
            : refusalOf(board, id, dependent, options);
      return {
        node: id,
        title,
        component: spec.id,
        refusal,
        measured: refusal === null ? dependent.map((one) => one.title) : [],
      };
    });
}

function measures({ spec }: PlannedNode): boolean {
  return spec.stage === 'evaluation' || spec.stage === 'online';
}

function joins({ inputs }: PlannedNode): boolean {
  return Object.values(inputs).some((list) => list.length > 1);
}

function downstreamOf(id: string, nodes: readonly PlannedNode[]): PlannedNode[] {
  const reached = new Set([id]);
  // The plan is in topological order: one pass reaches everything.
  return nodes.filter((node) => {
    const hit = Object.values(node.inputs).some((list) => list.some((source) => reached.has(source.node)));
    if (hit) reached.add(node.id);
    return hit;
  });
}

function refusalOf(
  board: Board,
  id: string,
  dependent: readonly PlannedNode[],
  options: CompileOptions,
): string | null {
  const nodes = board.nodes.map((node) => (node.id === id ? { ...node, mode: 'bypass' as const } : node));
  let without: Plan;
  try {
    without = compileBoard({ ...board, nodes }, options);
  } catch (thrown) {
    return `without it, ${toFailure(thrown).what}`;
  }
  const left = new Set(without.nodes.map((node) => node.id));
  return dependent.some((node) => left.has(node.id)) ? null : 'without it nothing is measured';
}
