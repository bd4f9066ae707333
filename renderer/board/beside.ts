interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Box, 'width' | 'height'>;

const gap = 8;
/** What the toolbar takes of the foot of the board. */
const foot = 62;

/** Where a card about a box stands in full sight: below it, above where the toolbar would be covered; null where the box itself is out of sight. */
export function besideBox(box: Box, card: Size, room: Size): { readonly x: number; readonly y: number } | null {
  const seen = box.x + box.width > 0 && box.x < room.width && box.y + box.height > 0 && box.y < room.height;
  if (!seen) return null;
  const x = Math.max(gap, Math.min(box.x, room.width - card.width - gap));
  const below = box.y + box.height + gap;
  const above = box.y - gap - card.height;
  if (below + card.height <= room.height - foot || above < gap)
    return { x, y: Math.max(gap, Math.min(below, room.height - card.height - gap)) };
  return { x, y: above };
}
