import type { BoxField } from './box-field.ts';
import { clearance, type Sides } from './wire.ts';

/** Where a wire may run beside a side of a box: not nearer than this, and there is a line not further than that. */
const nearest = clearance + 2;
const furthest = { across: 44, along: 30 } as const;

/** Room beside the sides of boxes, by where it ends. */
interface Spans {
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** The two spans of each box, by its place. */
  readonly ofBox: Int32Array;
}

function spansOf(sides: readonly Sides[], low: 'left' | 'top', high: 'right' | 'bottom', most: number): Spans {
  const ends = sides.flatMap((side, box) => [
    { box, from: side[high] + nearest, to: side[high] + most },
    { box, from: side[low] - most, to: side[low] - nearest },
  ]);
  ends.sort((a, b) => a.to - b.to || a.from - b.from);
  const ofBox = new Int32Array(ends.length).fill(-1);
  for (const [span, { box }] of ends.entries()) ofBox[ofBox[2 * box] < 0 ? 2 * box : 2 * box + 1] = span;
  return {
    from: Float64Array.from(ends, (end) => end.from),
    to: Float64Array.from(ends, (end) => end.to),
    ofBox,
  };
}

/** The lines that wires may run on between columns and rows of boxes. */
export class LineField {
  readonly #upright: Spans;
  readonly #level: Spans;
  readonly #chosen: Int32Array;
  readonly #lines: Float64Array;

  constructor(boxes: BoxField) {
    this.#upright = spansOf(boxes.sides, 'left', 'right', furthest.across);
    this.#level = spansOf(boxes.sides, 'top', 'bottom', furthest.along);
    this.#chosen = new Int32Array(2 * boxes.sides.length);
    this.#lines = new Float64Array(2 * boxes.sides.length + 4);
  }

  /** The lines between some boxes that lie in a window, with some of its own: upright and level ones, each sorted. */
  between(
    boxes: readonly number[],
    window: Sides,
    own: { readonly xs: readonly number[]; readonly ys: readonly number[] },
  ): { xs: Float64Array; ys: Float64Array } {
    const xs = this.#through(this.#upright, this.#spansOf(this.#upright, boxes), window.left, window.right, own.xs);
    const ys = this.#through(this.#level, this.#spansOf(this.#level, boxes), window.top, window.bottom, own.ys);
    return { xs, ys };
  }

  /** The spans of some boxes, in their order. */
  #spansOf({ ofBox }: Spans, boxes: readonly number[]): Int32Array {
    let count = 0;
    for (const box of boxes) {
      this.#chosen[count++] = ofBox[2 * box];
      this.#chosen[count++] = ofBox[2 * box + 1];
    }
    return this.#chosen.subarray(0, count).sort();
  }

  /**
   * The fewest lines such that one runs along every span: spans that share room share a line. Greedy by the ends of the spans,
   * which is optimal for points on a line; each lies in the middle of what its spans share.
   */
  #through({ from, to }: Spans, spans: Int32Array, start: number, end: number, own: readonly number[]): Float64Array {
    const lines = this.#lines;
    let count = 0;
    const keep = (line: number): void => {
      if (line >= start && line <= end) lines[count++] = line;
    };
    let [low, high] = [0, -Infinity];
    for (const span of spans) {
      if (from[span] <= high) {
        if (from[span] > low) low = from[span];
        continue;
      }
      if (high > -Infinity) keep((low + high) / 2);
      low = from[span];
      high = to[span];
    }
    if (high > -Infinity) keep((low + high) / 2);
    for (const line of own) count = insert(line, lines, count);
    return lines.slice(0, count);
  }
}

/** Puts a line among sorted ones unless it is there; answers how many there are then. */
function insert(line: number, lines: Float64Array, count: number): number {
  let at = count;
  while (at > 0 && lines[at - 1] > line) at--;
  if (at > 0 && lines[at - 1] === line) return count;
  lines.copyWithin(at + 1, at, count);
  lines[at] = line;
  return count + 1;
}

/** The place of the first line at or behind a position. */
export function lineFrom(lines: Float64Array, position: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle] < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
