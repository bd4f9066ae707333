import type { Design, Edge, Node } from '#shared/contract/design.ts';

/** At most so many changes of one kind are told one by one. */
const toldEach = 12;

/** What makes one design out of another, in words, the most telling first; empty where both say the same. */
export function changesInWords(before: Design, after: Design): string[] {
  const old = byId(before.board.nodes);
  const now = byId(after.board.nodes);
  return [
    ...headChanges(before, after),
    ...some(listChanges('node', old, now, (node) => node.title)),
    ...some([...now].flatMap(([id, node]) => nodeChanges(old.get(id), node))),
    ...some(edgeChanges(before, after)),
    ...some(proseChanges(before, after)),
    ...moved([...now].filter(([id, node]) => isMoved(old.get(id), node)).map(([, node]) => node.title)),
  ];
}

function byId<T extends { readonly id: string }>(list: readonly T[] | undefined): ReadonlyMap<string, T> {
  return new Map((list ?? []).map((one) => [one.id, one]));
}

function same(a: unknown, b: unknown): boolean {
  return stable(a) === stable(b);
}

/** JSON with sorted keys; what is undefined is left out. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${stable(one)}`)
    .join()}}`;
}

function some(changes: readonly string[]): string[] {
  const more = changes.length - toldEach;
  return more <= 1 ? [...changes] : [...changes.slice(0, toldEach), `and ${more} more like these`];
}

function shown(value: unknown): string {
  if (value === undefined) return 'default';
  const text = typeof value === 'string' ? value : stable(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function headChanges(before: Design, after: Design): string[] {
  const source = ({ data }: Design): string => data?.path ?? data?.recipe ?? 'none';
  return [
    ...(before.title === after.title ? [] : [`title: ${shown(before.title)} → ${shown(after.title)}`]),
    ...(before.seed === after.seed ? [] : [`seed: ${before.seed} → ${after.seed}`]),
    ...(source(before) === source(after)
      ? same(before.data, after.data)
        ? []
        : ['settings of the data set changed']
      : [`data set: ${source(before)} → ${source(after)}`]),
  ];
}

function listChanges<T>(
  what: string,
  old: ReadonlyMap<string, T>,
  now: ReadonlyMap<string, T>,
  name: (one: T) => string,
): string[] {
  return [
    ...[...now].filter(([id]) => !old.has(id)).map(([, one]) => `${what} added: ${name(one)}`),
    ...[...old].filter(([id]) => !now.has(id)).map(([, one]) => `${what} removed: ${name(one)}`),
  ];
}

function nodeChanges(was: Node | undefined, is: Node): string[] {
  if (was === undefined) return [];
  const changes: string[] = [];
  if (was.title !== is.title) changes.push(`renamed: ${shown(was.title)} → ${shown(is.title)}`);
  if ((was.mode ?? 'on') !== (is.mode ?? 'on')) changes.push(`${is.title}: ${was.mode ?? 'on'} → ${is.mode ?? 'on'}`);
  const [from, to] = [was.binding?.component ?? 'drawn only', is.binding?.component ?? 'drawn only'];
  if (from !== to) changes.push(`${is.title}: ${from} → ${to}`);
  else {
    const [before, after] = [was.binding?.params ?? {}, is.binding?.params ?? {}];
    for (const name of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort())
      if (!same(before[name], after[name]))
        changes.push(`${is.title}: ${name} ${shown(before[name])} → ${shown(after[name])}`);
  }
  if (!same(was.notes, is.notes)) changes.push(`${is.title}: notes changed`);
  if (!same(was.attributes, is.attributes)) changes.push(`${is.title}: estimates changed`);
  return changes;
}

function edgeChanges(before: Design, after: Design): string[] {
  const key = (edge: Edge): string => stable([edge.from, edge.fromPort ?? '', edge.to, edge.toPort ?? '']);
  const named = ({ board }: Design): ((edge: Edge) => string) => {
    const nodes = byId(board.nodes);
    return (edge) => `${nodes.get(edge.from)?.title ?? edge.from} → ${nodes.get(edge.to)?.title ?? edge.to}`;
  };
  const were = new Set(before.board.edges.map(key));
  const are = new Set(after.board.edges.map(key));
  return [
    ...after.board.edges.filter((edge) => !were.has(key(edge))).map((edge) => `wired: ${named(after)(edge)}`),
    ...before.board.edges.filter((edge) => !are.has(key(edge))).map((edge) => `unwired: ${named(before)(edge)}`),
  ];
}

function proseChanges(before: Design, after: Design): string[] {
  const parts = [
    { what: 'frame', lists: [before.board.frames, after.board.frames] },
    { what: 'section', lists: [before.writeUp?.sections, after.writeUp?.sections] },
    { what: 'assumption', lists: [before.assumptions, after.assumptions] },
  ] as const;
  const changes = parts.flatMap(({ what, lists: [a, b] }) => {
    const [old, now] = [byId<{ id: string; title: string }>(a), byId<{ id: string; title: string }>(b)];
    const rewritten = [...now].filter(([id, one]) => old.has(id) && !same(old.get(id), one));
    return [
      ...listChanges(what, old, now, (one) => one.title),
      ...rewritten.map(([, one]) => `${what} changed: ${one.title}`),
    ];
  });
  const notes = same(before.board.notes ?? [], after.board.notes ?? []) ? [] : ['notes on the board changed'];
  return [...changes, ...notes, ...(same(before.summary, after.summary) ? [] : ['summary changed'])];
}

function isMoved(was: Node | undefined, is: Node): boolean {
  return was !== undefined && (was.x !== is.x || was.y !== is.y || was.width !== is.width || was.height !== is.height);
}

function moved(titles: readonly string[]): string[] {
  if (titles.length === 0) return [];
  return [titles.length === 1 ? `moved: ${titles[0]}` : `${titles.length} nodes moved or resized`];
}
