import { overlap, sidesOf, type Sides, type WireBox } from './wire.ts';

const most = 128;

/** The boxes of a board by place: what lies in a rectangle is found without looking at the others. */
export class BoxField {
  readonly boxes: readonly WireBox[];
  readonly sides: readonly Sides[];
  readonly bounds: Sides;
  readonly #cell: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #starts: Int32Array;
  readonly #items: Int32Array;
  readonly #seen: Int32Array;
  #look = 0;

  constructor(boxes: readonly WireBox[]) {
    this.boxes = boxes;
    this.sides = boxes.map((box) => sidesOf(box));
    this.bounds = around(this.sides);
    const [wide, tall] = [this.bounds.right - this.bounds.left, this.bounds.bottom - this.bounds.top];
    this.#cell = Math.max(128, wide / most, tall / most);
    this.#columns = Math.floor(wide / this.#cell) + 1;
    this.#rows = Math.floor(tall / this.#cell) + 1;
    this.#starts = new Int32Array(this.#columns * this.#rows + 1);
    this.#seen = new Int32Array(boxes.length);
    for (const side of this.sides) this.#cells(side, (cell) => this.#starts[cell + 1]++);
    for (let cell = 0; cell < this.#starts.length - 1; cell++) this.#starts[cell + 1] += this.#starts[cell];
    this.#items = new Int32Array(this.#starts[this.#starts.length - 1]);
    const next = this.#starts.slice();
    this.sides.forEach((side, at) => this.#cells(side, (cell) => (this.#items[next[cell]++] = at)));
  }

  #cells({ left, top, right, bottom }: Sides, visit: (cell: number) => void): void {
    const column = (x: number): number =>
      Math.min(this.#columns - 1, Math.max(0, Math.floor((x - this.bounds.left) / this.#cell)));
    const row = (y: number): number =>
      Math.min(this.#rows - 1, Math.max(0, Math.floor((y - this.bounds.top) / this.#cell)));
    const [first, last, end] = [column(left), column(right), row(bottom)];
    for (let y = row(top); y <= end; y++) for (let x = first; x <= last; x++) visit(y * this.#columns + x);
  }

  /** Calls `visit` with the place of every box that reaches into a rectangle, once each. */
  visit(area: Sides, visit: (at: number) => void): void {
    this.#look++;
    this.#cells(area, (cell) => {
      for (let item = this.#starts[cell]; item < this.#starts[cell + 1]; item++) {
        const at = this.#items[item];
        if (this.#seen[at] === this.#look) continue;
        this.#seen[at] = this.#look;
        if (overlap(this.sides[at], area)) visit(at);
      }
    });
  }

  /** The boxes that reach into a rectangle, without those at the ends of a wire. */
  within(area: Sides, except?: { readonly from: string; readonly to: string }): WireBox[] {
    const found: WireBox[] = [];
    this.visit(area, (at) => {
      const box = this.boxes[at];
      if (except === undefined || (box.id !== except.from && box.id !== except.to)) found.push(box);
    });
    return found;
  }
}

function around(sides: readonly Sides[]): Sides {
  if (sides.length === 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const side of sides) {
    left = Math.min(left, side.left);
    top = Math.min(top, side.top);
    right = Math.max(right, side.right);
    bottom = Math.max(bottom, side.bottom);
  }
  return { left, top, right, bottom };
}
