import type { BoxField } from './box-field.ts';
import { clearance, type Point, type Wire } from './wire.ts';

/** A way that is still being put in place. */
export interface Way {
  readonly wire: Wire;
  readonly corners: { x: number; y: number }[];
}

/** One straight piece of a way. Its line is the coordinate that it keeps: x of an upright one, y of a level one. */
export interface Leg {
  readonly way: Way;
  /** It leads from this corner to the next one. */
  readonly at: number;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** Legs that are moved as one: one leg, or those that wires of one trunk share. */
export interface Track {
  readonly legs: Leg[];
  line: number;
  from: number;
  to: number;
  /** Between which lines it may be moved without touching a box. */
  low: number;
  high: number;
}

export type Axis = 'x' | 'y';

export const other: Readonly<Record<Axis, Axis>> = { x: 'y', y: 'x' };

/** How far around a leg boxes are looked for, and how far it is kept from a box on one side when there is none on the other. */
const room = { most: 160, aside: 13, wide: 130 } as const;

/** The legs of a way that keep a coordinate: every second one. */
function legsOf(way: Way, axis: Axis): Leg[] {
  const along = other[axis];
  const legs: Leg[] = [];
  for (let at = axis === 'y' ? 0 : 1; at + 1 < way.corners.length; at += 2) {
    const [a, b] = [way.corners[at], way.corners[at + 1]];
    legs.push({
      way,
      at,
      line: a[axis],
      from: Math.min(a[along], b[along]),
      to: Math.max(a[along], b[along]),
    });
  }
  return legs;
}

/** Whether a leg ends at a port, which holds it where it is. */
function isFixed({ way, at }: Leg): boolean {
  return at === 0 || at === way.corners.length - 2;
}

/** Narrows what a track may be moved between by the boxes beside it. */
function bound(track: Track, axis: Axis, boxes: BoxField): void {
  const area =
    axis === 'x'
      ? { left: track.line - room.most, right: track.line + room.most, top: track.from, bottom: track.to }
      : { left: track.from, right: track.to, top: track.line - room.most, bottom: track.line + room.most };
  const [wider, taller] = axis === 'x' ? [0, clearance] : [clearance, 0];
  const reach = {
    left: area.left - wider,
    right: area.right + wider,
    top: area.top - taller,
    bottom: area.bottom + taller,
  };
  boxes.visit(reach, (at) => {
    const side = boxes.sides[at];
    const [near, far] = axis === 'x' ? [side.left, side.right] : [side.top, side.bottom];
    if (far <= track.line) track.low = Math.max(track.low, far + clearance);
    else if (near >= track.line) track.high = Math.min(track.high, near - clearance);
  });
  track.low = Math.min(track.low, track.line);
  track.high = Math.max(track.high, track.line);
}

/** Where a track would lie if it were alone: in the middle of a channel, or near the one side that there is. */
export function restOf({ low, high, line }: Track): number {
  if (high - low <= room.wide) return (low + high) / 2;
  return Math.min(Math.max(line, low + room.aside), high - room.aside);
}

/** All tracks that keep a coordinate, by line; each with the room that it has. */
export function tracksOf(ways: readonly Way[], axis: Axis, boxes: BoxField): Track[] {
  const legs = ways.flatMap((way) => legsOf(way, axis));
  const tracks = legs.map((leg): Track => {
    const track = {
      legs: [leg],
      line: leg.line,
      from: leg.from,
      to: leg.to,
      low: leg.line - room.most,
      high: leg.line + room.most,
    };
    if (isFixed(leg)) [track.low, track.high] = [leg.line, leg.line];
    else bound(track, axis, boxes);
    return track;
  });
  return joined(tracks).sort((a, b) => a.line - b.line || a.from - b.from || a.to - b.to);
}

/** How far apart legs of one trunk may lie and still become one. */
const near = 40;

function joins(a: Track, b: Track): boolean {
  return (
    Math.abs(a.line - b.line) <= near &&
    a.from <= b.to &&
    b.from <= a.to &&
    Math.max(a.low, b.low) <= Math.min(a.high, b.high) &&
    !a.legs.some((one) => b.legs.some((two) => one.way === two.way))
  );
}

/** Joins the tracks of each trunk that run along each other. */
function joined(tracks: readonly Track[]): Track[] {
  const trunks = new Map<string, Track[]>();
  for (const track of tracks) {
    const { trunk } = track.legs[0].way.wire;
    const kept = trunks.get(trunk) ?? [];
    trunks.set(trunk, kept);
    let whole = track;
    for (let at = kept.findIndex((one) => joins(one, whole)); at >= 0; at = kept.findIndex((one) => joins(one, whole)))
      whole = join(kept.splice(at, 1)[0], whole);
    kept.push(whole);
  }
  return [...trunks.values()].flat();
}

function join(a: Track, b: Track): Track {
  const [low, high] = [Math.max(a.low, b.low), Math.min(a.high, b.high)];
  return {
    legs: [...a.legs, ...b.legs],
    line: Math.min(Math.max(a.line, low), high),
    from: Math.min(a.from, b.from),
    to: Math.max(a.to, b.to),
    low,
    high,
  };
}

/** Puts every leg of a track on a line. */
export function settle(track: Track, axis: Axis, line: number): void {
  for (const { way, at } of track.legs) {
    if (at > 0) way.corners[at][axis] = line;
    if (at + 1 < way.corners.length - 1) way.corners[at + 1][axis] = line;
  }
}

/** The corner where a leg ends in a heading: 1 is towards higher coordinates. */
export function endOf(corners: readonly Point[], at: number, along: Axis, heading: number): number {
  return corners[at + 1][along] * heading >= corners[at][along] * heading ? at + 1 : at;
}
