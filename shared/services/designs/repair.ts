import type { ComponentSpec } from '#shared/contract/component.ts';
import type { Design, Edge, Node } from '#shared/contract/design.ts';
import { kinds } from '#shared/contract/kinds.ts';
import type { Repair } from '#shared/contract/design-files.ts';

export type Specs = Readonly<Record<string, ComponentSpec>>;

/** Makes a board consistent without losing anything: what cannot be drawn is kept aside in `board.leftOut`. */
export function repair(design: Design, specs: Specs): { design: Design; repairs: Repair[] } {
  const repairs: Repair[] = [];
  const nodes = uniqueIds(design.board.nodes, 'node', repairs).map((node) => checkNode(node, specs, repairs));
  const known = new Set(nodes.map((node) => node.id));
  const edges = uniqueIds(design.board.edges, 'edge', repairs);
  const dangling = edges.filter((edge) => !known.has(edge.from) || !known.has(edge.to));
  for (const edge of dangling) repairs.push(danglingRepair(edge, known));
  if (repairs.length === 0) return { design, repairs };
  const board = { ...design.board, nodes, edges: edges.filter((edge) => !dangling.includes(edge)) };
  if (dangling.length > 0) Object.assign(board, { leftOut: { edges: [...leftOutBefore(design), ...dangling] } });
  return { design: { ...design, board }, repairs };
}

function leftOutBefore(design: Design): readonly unknown[] {
  const before = design.board['leftOut'] as { edges?: unknown } | undefined;
  return Array.isArray(before?.edges) ? before.edges : [];
}

function uniqueIds<T extends { readonly id: string }>(things: readonly T[], word: string, repairs: Repair[]): T[] {
  const taken = new Set<string>();
  const all = new Set(things.map((one) => one.id));
  return things.map((one) => {
    if (!taken.has(one.id)) {
      taken.add(one.id);
      return one;
    }
    let count = 2;
    while (all.has(`${one.id}-${count}`) || taken.has(`${one.id}-${count}`)) count++;
    const id = `${one.id}-${count}`;
    taken.add(id);
    repairs.push({
      code: 'duplicate-id',
      where: `${word} "${one.id}"`,
      what: `two ${word}s have the id "${one.id}"`,
      done: `the later one is now "${id}"`,
    });
    return { ...one, id };
  });
}

function danglingRepair(edge: Edge, known: ReadonlySet<string>): Repair {
  const [end, id] = known.has(edge.from) ? ['to', edge.to] : ['from', edge.from];
  return {
    code: 'edge-dangling',
    where: `edge "${edge.id}"`,
    what: `edge "${edge.id}" goes ${end} node "${id}", which does not exist`,
    done: 'kept aside',
  };
}

function checkNode(node: Node, specs: Specs, repairs: Repair[]): Node {
  const where = `node "${node.id}"`;
  if (!Object.hasOwn(kinds, node.kind)) {
    repairs.push({
      code: 'unknown-kind',
      where,
      what: `node "${node.id}" is of a kind that is not known here, "${node.kind}"`,
      done: 'kept as drawn',
    });
  }
  const { binding } = node;
  if (binding === undefined) return node;
  if (!Object.hasOwn(specs, binding.component)) {
    const near = nearest(binding.component, Object.keys(specs));
    repairs.push({
      code: 'unknown-component',
      where,
      what: `node "${node.id}" is bound to "${binding.component}", which is not in the catalogue${near === null ? '' : ` (did you mean "${near}"?)`}`,
      done: 'kept as drawn',
    });
    return node;
  }
  return migrateBinding(node, specs[binding.component], repairs);
}

function migrateBinding(node: Node, spec: ComponentSpec, repairs: Repair[]): Node {
  const { binding } = node;
  if (binding === undefined || binding.version === spec.version) return node;
  const where = `node "${node.id}"`;
  const what = `node "${node.id}" is bound to version ${binding.version} of "${spec.id}", this Runboard has version ${spec.version}`;
  let { params } = binding;
  for (let version = binding.version; version < spec.version; version++) {
    const step = spec.migrations?.[version];
    if (step === undefined) {
      repairs.push({ code: 'component-version', where, what, done: 'parameters kept as they are' });
      return node;
    }
    params = step(params) as typeof params;
  }
  const newer = binding.version > spec.version;
  repairs.push({
    code: 'component-version',
    where,
    what,
    done: newer ? 'parameters kept as they are' : 'parameters carried over',
  });
  return newer ? node : { ...node, binding: { ...binding, params, version: spec.version } };
}

/** The known word that is closest to a mistyped one, if any is close. */
export function nearest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const one of known) {
    const edits = editDistance(word.toLowerCase(), one.toLowerCase());
    if (edits < least) {
      least = edits;
      best = one;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
