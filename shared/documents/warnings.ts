import type { NodeResult, RunResult } from '#shared/contract/results.ts';
import { resultTitle, stageOf } from './stages.ts';

/** A warning of a run, and who gave it. */
export interface GroupedWarning {
  readonly text: string;
  /** The titles of up to three nodes, or how many there are: "5 evaluations". */
  readonly from: string;
}

const mostNamed = 3;

/** The warnings of a run, each text once, in order of first appearance. */
export function groupedWarnings(run: RunResult): GroupedWarning[] {
  const givers = new Map<string, NodeResult[]>();
  for (const node of Object.values(run.nodes)) {
    for (const text of new Set(node.warnings)) givers.set(text, [...(givers.get(text) ?? []), node]);
  }
  return [...givers].map(([text, nodes]) => ({ text, from: named(nodes) }));
}

function named(nodes: readonly NodeResult[]): string {
  if (nodes.length <= mostNamed) return nodes.map(resultTitle).join(', ');
  const evaluations = nodes.every((node) => stageOf(node.component) === 'evaluation');
  return `${nodes.length} ${evaluations ? 'evaluations' : 'nodes'}`;
}
