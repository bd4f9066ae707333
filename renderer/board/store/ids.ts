import type { Design } from '#shared/contract/design.ts';

function taken(design: Design): Set<string> {
  const { nodes, edges, frames = [], notes = [] } = design.board;
  return new Set([...nodes, ...edges, ...frames, ...notes].map((part) => part.id));
}

/** Ids after `stem` that nothing in the design has: "ease", "ease-2", … */
export function freshIds(design: Design, stems: readonly string[]): readonly string[] {
  const used = taken(design);
  return stems.map((stem) => {
    const base =
      stem
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '')
        .replace(/-\d+$/, '') || 'node';
    let id = base;
    for (let count = 2; used.has(id); count++) id = `${base}-${count}`;
    used.add(id);
    return id;
  });
}
