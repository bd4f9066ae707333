/** A rectangle on the board: a node, or a note that wires keep clear of. */
export interface WireBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Both ends of a wire on the board. */
export interface WireEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

/** A wire from the right side of one box to the left side of another. */
export interface Wire extends WireEnds {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Wires that leave from one port run as one for as long as they go the same way. */
  readonly trunk: string;
  /** What its label says before a run; wires of one trunk that say the same say it once. Null for one without a label. */
  readonly says: string | null;
  /** How wide its label may get. */
  readonly labelWidth: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a wire is drawn. Equal wires between equal boxes are the same object from one routing to the next. */
export interface WireRoute extends WireEnds {
  /** The d of a path. */
  readonly path: string;
  /** Corners from port to port; null for a plain S. */
  readonly corners: readonly Point[] | null;
  /** Where its label lies; null where it has none, or another wire of its trunk says the same. */
  readonly label: Point | null;
}

/** Pixels kept between a wire and a box that it passes. */
export const clearance = 6;

/** A rectangle by its sides. */
export interface Sides {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function sidesOf(box: WireBox, margin = 0): Sides {
  return {
    left: box.x - margin,
    top: box.y - margin,
    right: box.x + box.width + margin,
    bottom: box.y + box.height + margin,
  };
}

/** Whether two rectangles share more than a side. */
export function overlap(a: Sides, b: Sides): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The notes that lie beside all nodes: those wires keep clear of, too. What a note lies under or over is reached through it. */
export function notesBeside(notes: readonly WireBox[], nodes: readonly WireBox[]): WireBox[] {
  return notes.filter(
    (note) => !nodes.some((node) => overlap(sidesOf(note, 2 * clearance), sidesOf(node, 2 * clearance))),
  );
}
