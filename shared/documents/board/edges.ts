import type { Design } from '#shared/contract/design.ts';
import { routeWires } from '../wires/route-wires.ts';
import { notesBeside, type Wire, type WireBox, type WireRoute } from '../wires/wire.ts';
import { noteBox, type BoardLayout } from './layout.ts';
import { fitted, monoWidth } from './text-width.ts';

/** What stands on a wire: cut where it is long. */
export interface WireLabel {
  readonly text: string;
  readonly width: number;
}

const type = { size: 10.3, room: 150, padding: 10 } as const;

export function wireLabel(text: string): WireLabel {
  const cut = fitted(text, type.size, type.room, monoWidth);
  return { text: cut, width: monoWidth(cut, type.size) + type.padding };
}

/** How the wires of a drawing run: from the middle of a right side to the middle of a left side, round the boxes. */
export function routeEdges(
  design: Design,
  { boxes }: BoardLayout,
  labels: ReadonlyMap<string, WireLabel>,
): ReadonlyMap<string, WireRoute> {
  const nodes = [...boxes].map(([id, box]): WireBox => ({ ...box, id }));
  const notes = (design.board.notes ?? []).map((note): WireBox => ({ ...noteBox(note), id: note.id }));
  const wires = design.board.edges.flatMap((edge): Wire[] => {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const label = labels.get(edge.id);
    return [
      {
        id: edge.id,
        from: edge.from,
        to: edge.to,
        trunk: edge.from,
        sourceX: from.x + from.width,
        sourceY: from.y + from.height / 2,
        targetX: to.x,
        targetY: to.y + to.height / 2,
        says: label?.text ?? null,
        labelWidth: label?.width ?? 0,
      },
    ];
  });
  return routeWires([...nodes, ...notesBeside(notes, nodes)], wires).routes;
}
