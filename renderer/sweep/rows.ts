import type { Design } from '#shared/contract/design.ts';
import type { Ablation, RunOptions } from '#shared/contract/runs.ts';
import { specOf } from '#renderer/client/catalogue.ts';
import type { SweptValue } from './values.ts';

/** One parameter of one node with the values that it is to take. */
export interface Swept {
  readonly node: string;
  readonly param: string;
  /** "EASE · lambda". */
  readonly title: string;
  readonly values: readonly SweptValue[];
}

/** One run of a sweep or of an ablation. */
export interface SweepRow {
  readonly id: string;
  readonly title: string;
  /** One per swept parameter, in their order; empty for ablations. */
  readonly values: readonly SweptValue[];
  readonly options: Pick<RunOptions, 'design' | 'set'>;
}

/** More runs than this are a mistake more often than a wish. */
export const mostRows = 60;

/** Every combination of the values, the last parameter changing fastest. */
export function sweepRows(design: Design, swept: readonly Swept[]): readonly SweepRow[] {
  let combinations: readonly (readonly SweptValue[])[] = [[]];
  for (const { values } of swept)
    combinations = combinations.flatMap((before) => values.map((value) => [...before, value]));
  if (swept.length === 0) return [];
  return combinations.map((values) => ({
    id: values.join(' · '),
    title: values.join(' · '),
    values,
    options: {
      design,
      set: Object.fromEntries(swept.map(({ node, param }, at) => [`${node}.${param}`, String(values[at])])),
    },
  }));
}

/** What is left out where nobody has chosen: the re-rankers, else the first that can be. */
export function usualAblations(offered: readonly Ablation[]): readonly string[] {
  const possible = offered.filter(({ refusal }) => refusal === null);
  const rerankers = possible.filter(({ component }) => specOf(component)?.stage === 'reranking');
  return (rerankers.length > 0 ? rerankers : possible.slice(0, 1)).map(({ node }) => node);
}

function withBypassed(design: Design, ids: readonly string[]): Design {
  return {
    ...design,
    board: {
      ...design.board,
      nodes: design.board.nodes.map((node) => (ids.includes(node.id) ? { ...node, mode: 'bypass' as const } : node)),
    },
  };
}

/** The design as drawn, without each of the chosen nodes, and, where they are re-rankers, without all of them. */
export function ablationRows(design: Design, chosen: readonly string[]): readonly SweepRow[] {
  if (chosen.length === 0) return [];
  const title = (id: string): string => design.board.nodes.find((node) => node.id === id)?.title ?? id;
  const row = (id: string, name: string, without: readonly string[]): SweepRow => ({
    id,
    title: name,
    values: [],
    options: { design: withBypassed(design, without) },
  });
  // Without several of another kind there may be nothing left to rank: re-rankers can always go together.
  const rerankers = chosen.every((id) => {
    const node = design.board.nodes.find((one) => one.id === id);
    return specOf(node?.binding?.component)?.stage === 'reranking';
  });
  return [
    row('as drawn', 'As drawn', []),
    ...chosen.map((id) => row(`without ${id}`, `Without ${title(id)}`, [id])),
    ...(chosen.length > 1 && rerankers ? [row('without all', 'Without all of them', chosen)] : []),
  ];
}
