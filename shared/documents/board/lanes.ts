import type { Node } from '#shared/contract/design.ts';
import { kinds } from '#shared/contract/kinds.ts';
import type { Lane } from '#shared/contract/kinds.ts';

/** The lane that a node stands in: its own, else that of its kind. */
export function laneOf(node: Node): Lane {
  return node.lane ?? (Object.hasOwn(kinds, node.kind) ? kinds[node.kind].lane : 'serve');
}
