import type { Design, Edge, Node } from '../../shared/contract/design.ts';

/** A node bound to a component. */
export function bound(
  id: string,
  component: string,
  params: Record<string, number | string | boolean> = {},
  changes: Partial<Node> = {},
): Node {
  return { id, kind: 'retrieve', title: id, x: 0, y: 0, binding: { component, version: 1, params }, ...changes };
}

/** A node that is only drawn. */
export function drawn(id: string, kind: string, changes: Partial<Node> = {}): Node {
  return { id, kind, title: id, x: 0, y: 0, ...changes };
}

/** "a>b" → an edge from a to b. */
export function wires(...ends: readonly string[]): Edge[] {
  return ends.map((one) => ({ id: one, from: one.split('>')[0], to: one.split('>')[1] }));
}

/** Source, split, popularity through a gateway that is only drawn, category cap, evaluation. */
export function smallDesign(changes: Partial<Design> = {}): Design {
  const nodes = [
    bound('source', 'source', {}, { kind: 'source.table', title: 'Events' }),
    bound('split', 'split', {}, { kind: 'split.random', title: 'Split', x: 260 }),
    bound('popular', 'popularity', { keep: 50 }, { title: 'Popular', x: 520, y: 150 }),
    drawn('gateway', 'gateway', { title: 'Gateway', x: 780, y: 150 }),
    bound('cap', 'category-cap', {}, { kind: 'rerank', title: 'Category cap', x: 1040, y: 150 }),
    bound('evaluate', 'evaluate-lists', {}, { kind: 'eval.offline', title: 'Final list', x: 1300, y: 150 }),
  ];
  return {
    format: 'runboard',
    version: 1,
    title: 'Small',
    seed: 1,
    board: { nodes, edges: wires('source>split', 'split>popular', 'popular>gateway', 'gateway>cap', 'cap>evaluate') },
    ...changes,
  };
}

/** Source, split, eight random items through a gateway that is only drawn, evaluation. */
export function randomDesign(): Design {
  const nodes = [
    bound('source', 'source'),
    bound('split', 'split'),
    bound('random', 'random', { keep: 8 }),
    drawn('gateway', 'gateway'),
    bound('evaluate', 'evaluate-lists'),
  ];
  return smallDesign({
    seed: 3,
    board: { nodes, edges: wires('source>split', 'split>random', 'random>gateway', 'gateway>evaluate') },
  });
}
