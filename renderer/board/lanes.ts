import type { Design, Node } from '#shared/contract/design.ts';
import { lanes, type Lane } from '#shared/contract/kinds.ts';
import { laneOf } from '#renderer/client/catalogue.ts';
import { sizeOf } from './node-size.ts';

export interface Band {
  readonly lane: Lane;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const margin = { x: 36, y: 30, gap: 8, bridge: 140 } as const;

function extent(nodes: readonly Node[]): { top: number; bottom: number; left: number; right: number } {
  const boxes = nodes.map((node) => ({ node, size: sizeOf(node) }));
  return {
    top: Math.min(...boxes.map(({ node }) => node.y)),
    bottom: Math.max(...boxes.map(({ node, size }) => node.y + size.height)),
    left: Math.min(...boxes.map(({ node }) => node.x)),
    right: Math.max(...boxes.map(({ node, size }) => node.x + size.width)),
  };
}

/** The bands behind the nodes: one per lane that has any, as wide as the board, meeting half way where they are near. */
export function bandsOf(board: Design['board']): readonly Band[] {
  if (board.nodes.length === 0) return [];
  const whole = extent(board.nodes);
  const rows = lanes
    .map((lane) => ({ lane, nodes: board.nodes.filter((node) => laneOf(node) === lane) }))
    .filter((row) => row.nodes.length > 0)
    .map((row) => ({ lane: row.lane, ...extent(row.nodes) }))
    .sort((a, b) => a.top + a.bottom - (b.top + b.bottom));
  const tops = rows.map((row) => row.top - margin.y);
  const bottoms = rows.map((row) => row.bottom + margin.y);
  for (let row = 1; row < rows.length; row++) {
    const room = rows[row].top - rows[row - 1].bottom;
    // Lanes whose nodes lie among each other overlap: cut in half, a band would leave out its own nodes.
    if (room < 0 || room > margin.bridge) continue;
    const middle = (rows[row].top + rows[row - 1].bottom) / 2;
    bottoms[row - 1] = middle - margin.gap / 2;
    tops[row] = middle + margin.gap / 2;
  }
  return rows.map((row, at) => ({
    lane: row.lane,
    x: whole.left - margin.x,
    width: whole.right - whole.left + 2 * margin.x,
    y: tops[at],
    height: Math.max(24, bottoms[at] - tops[at]),
  }));
}

/** Titles of lanes that stand in one row, the upper one first. */
interface TitleRow {
  readonly x: number;
  readonly y: number;
  readonly lanes: readonly Lane[];
}

/** Where a title stands in its band, and how high it is where it is drawn largest. */
const title = { x: 8, y: 5, height: 26 } as const;

/** The title of each band is written in its upper corner; titles that would lie on each other there share a row. */
export function titleRows(bands: readonly Band[]): readonly TitleRow[] {
  const rows: TitleRow[] = [];
  for (const band of bands.toSorted((a, b) => a.y - b.y)) {
    const [y, last] = [band.y + title.y, rows.at(-1)];
    if (last === undefined || y - last.y >= title.height) rows.push({ x: band.x + title.x, y, lanes: [band.lane] });
    else rows[rows.length - 1] = { ...last, lanes: [...last.lanes, band.lane] };
  }
  return rows;
}

/** The lane whose band a point lies in; undefined outside of all. */
export function laneAt(bands: readonly Band[], y: number): Lane | undefined {
  return bands.find((band) => y >= band.y && y <= band.y + band.height)?.lane;
}
