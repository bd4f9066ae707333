import { describe, expect, it } from 'vitest';
import { boxesUnder } from '../../../test/support/wire-crossings.ts';
import { Xoshiro } from '../../kernels/random.ts';
import { routeWires } from './route-wires.ts';
import type { Wire, WireBox } from './wire.ts';

const size = { width: 172, height: 56 } as const;
const box = (id: string, x: number, y: number): WireBox => ({ id, x, y, ...size });

/** A wire from the middle of a right side to the middle of a left side. */
function wire(boxes: readonly WireBox[], from: string, to: string, says: string | null = null): Wire {
  const [source, target] = [from, to].map((id) => boxes.find((one) => one.id === id) as WireBox);
  return {
    id: `${from}-${to}`,
    from,
    to,
    trunk: from,
    sourceX: source.x + source.width,
    sourceY: source.y + source.height / 2,
    targetX: target.x,
    targetY: target.y + target.height / 2,
    says,
    labelWidth: says === null ? 0 : 34,
  };
}

function routesOf(
  boxes: readonly WireBox[],
  ...ends: readonly (readonly [string, string, string?])[]
): ReturnType<typeof routeWires>['routes'] {
  return routeWires(
    boxes,
    ends.map(([from, to, says]) => wire(boxes, from, to, says ?? null)),
  ).routes;
}

describe('a wire', () => {
  it('that leads to the next column is a plain curve', () => {
    const routes = routesOf([box('a', 0, 0), box('b', 232, 0), box('c', 232, 92)], ['a', 'b'], ['a', 'c']);
    expect(routes.get('a-b')?.corners).toBeNull();
    expect(routes.get('a-c')?.corners).toBeNull();
    expect(routes.get('a-b')?.path).toBe('M172 28C200 28 204 28 232 28');
  });

  it('goes round a box between its ends, over the nearer side, in the middle of the channel beside it', () => {
    const boxes = [box('a', 0, 0), box('b', 232, 10), box('c', 464, 0)];
    const route = routesOf(boxes, ['a', 'c']).get('a-c');
    // Upright in the middle between the columns; level where 8 to 30 above a and c and 8 to 30 above b have in common: -20 to -8.
    expect(route?.corners).toEqual([
      { x: 172, y: 28 },
      { x: 202, y: 28 },
      { x: 202, y: -14 },
      { x: 434, y: -14 },
      { x: 434, y: 28 },
      { x: 464, y: 28 },
    ]);
    expect(route?.path).toMatch(/^M172 28L193 28Q202 28 202 19L/);
  });

  it('to a box that is walled in is a plain curve, and is not looked for over the whole board', () => {
    const far = Array.from({ length: 40 }, (_, at) => box(`far-${at}`, (at % 8) * 236, 400 + Math.floor(at / 8) * 92));
    const wall = [
      { id: 'above', x: 900, y: -60, width: 300, height: 20 },
      { id: 'below', x: 900, y: 100, width: 300, height: 20 },
      { id: 'left', x: 900, y: -60, width: 20, height: 180 },
      { id: 'right', x: 1180, y: -60, width: 20, height: 180 },
    ];
    const boxes = [box('a', 0, 0), box('b', 960, 0), ...wall, ...far];
    const routing = routeWires(boxes, [wire(boxes, 'a', 'b')]);
    expect(routing.routes.get('a-b')?.corners).toBeNull();
    expect(routing.found.get('a-b')?.window.right).toBeLessThan(2_000);
  });

  it('that feeds back goes round both of its own boxes', () => {
    const boxes = [box('a', 0, 0), box('b', 232, 0), box('c', 464, 0)];
    const route = routesOf(boxes, ['c', 'a']).get('c-a');
    if (route === undefined) throw new Error('no route');
    expect(route.corners?.at(0)).toEqual({ x: 636, y: 28 });
    expect(route.corners?.at(-1)).toEqual({ x: 0, y: 28 });
    expect(boxesUnder(route, boxes, { from: 'c', to: 'a' })).toEqual([]);
    // Out to the right, over or under all three, and in from the left.
    expect(route.corners?.[1].x).toBeGreaterThan(636);
    expect(route.corners?.at(-2)?.x).toBeLessThan(0);
  });

  it('that cannot get out between boxes is a plain curve', () => {
    const boxes = [box('a', 0, 0), box('wall', 174, 0), box('b', 700, 300)];
    expect(routesOf(boxes, ['a', 'b']).get('a-b')?.corners).toBeNull();
  });

  it('to its own box goes round it', () => {
    const boxes = [box('a', 0, 0)];
    const route = routesOf(boxes, ['a', 'a']).get('a-a');
    if (route === undefined) throw new Error('no route');
    expect(boxesUnder(route, boxes, { from: 'a', to: 'a' })).toEqual([]);
  });
});

describe('wires together', () => {
  // Three columns; the wires run down the channel behind the first and along the one above the last row.
  const boxes = [
    box('a', 0, 0),
    box('b', 0, 92),
    box('m', 232, 0),
    box('n', 232, 92),
    box('x', 464, 400),
    box('y', 464, 492),
  ];

  it('of one port run as one until they part', () => {
    const routes = routesOf(boxes, ['a', 'x'], ['a', 'y']);
    const [one, two] = [routes.get('a-x')?.corners ?? [], routes.get('a-y')?.corners ?? []];
    expect(one.length).toBeGreaterThan(2);
    expect(two[1]).toEqual(one[1]);
    expect(two[2].x).toBe(one[2].x);
  });

  it('of different ports run side by side, and in the order in which they do not cross', () => {
    const routes = routesOf(boxes, ['a', 'x'], ['b', 'y']);
    const [a, b] = [routes.get('a-x')?.corners ?? [], routes.get('b-y')?.corners ?? []];
    // Both come from the left and leave downwards to the right: the one from above, which leaves first, runs further right.
    expect(a[1].x - b[1].x).toBeGreaterThanOrEqual(3);
    expect(a[1].x - b[1].x).toBeLessThanOrEqual(8);
  });

  it('say the same once where they run as one', () => {
    const back = [box('s', 464, 0), box('t', 0, 200), box('u', 232, 200)];
    const said = routesOf(back, ['s', 't', '12'], ['s', 'u', '12']);
    const [t, u] = [said.get('s-t'), said.get('s-u')];
    const label = t?.label ?? u?.label;
    expect([t?.label, u?.label].filter((one) => one !== null)).toHaveLength(1);
    // On the level piece that both share: between the two rows, right of where the nearer one turns off.
    expect(label?.y).toBeGreaterThan(56);
    expect(label?.y).toBeLessThan(200);
    expect(label?.x).toBeGreaterThan(232);
    const apart = routesOf(back, ['s', 't', '12'], ['s', 'u', '13']);
    expect([...apart.values()].every((route) => route.label !== null)).toBe(true);
  });

  it('have labels on no box and on no other label', () => {
    const said = routesOf(
      boxes,
      ['a', 'm', '12'],
      ['a', 'x', '12'],
      ['a', 'y', '11'],
      ['b', 'x', '9'],
      ['b', 'y', '8'],
    );
    const labels = [...said.values()].flatMap((route) => route.label ?? []);
    expect(labels).toHaveLength(5);
    for (const [at, { x, y }] of labels.entries()) {
      for (const one of boxes) {
        const outside = x + 17 <= one.x || x - 17 >= one.x + one.width || y + 8 <= one.y || y - 8 >= one.y + one.height;
        expect(outside).toBe(true);
      }
      for (const other of labels.slice(at + 1))
        expect(Math.abs(other.x - x) >= 34 || Math.abs(other.y - y) >= 16).toBe(true);
    }
  });
});

/** Boxes in the cells of a table, each somewhere in its cell with 20 left free around it; wires between any two. */
function randomBoard(seed: number, most = 40): { boxes: WireBox[]; wires: Wire[] } {
  const random = new Xoshiro(seed, 'wires');
  const columns = 2 + random.integer(6);
  const boxes: WireBox[] = [];
  for (let cell = 0; cell < columns * 6 && boxes.length < most; cell++) {
    if (random.next() < 0.3) continue;
    const [width, height] = [60 + random.integer(140), 40 + random.integer(70)];
    const x = (cell % columns) * 250 + 20 + random.integer(250 - 40 - width + 1);
    const y = Math.floor(cell / columns) * 160 + 20 + random.integer(160 - 40 - height + 1);
    boxes.push({ id: `n${cell}`, x, y, width, height });
  }
  const wires: Wire[] = [];
  for (let at = 0; at < boxes.length * 1.5; at++) {
    const [from, to] = [boxes[random.integer(boxes.length)].id, boxes[random.integer(boxes.length)].id];
    if (from !== to) wires.push({ ...wire(boxes, from, to, 'n'), id: `w${at}` });
  }
  return { boxes, wires };
}

describe('random boards', () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);

  it.each(seeds)('where there is a way, no wire lies on a box (%i)', (seed) => {
    const { boxes, wires } = randomBoard(seed);
    const { routes } = routeWires(boxes, wires);
    const crossings = wires.flatMap((one) => {
      const route = routes.get(one.id);
      if (route === undefined) throw new Error(`no route for ${one.id}`);
      expect(route.path).not.toMatch(/NaN|Infinity|undefined/);
      return boxesUnder(route, boxes, one).map((id) => `${one.id} on ${id}`);
    });
    expect(crossings).toEqual([]);
  });

  it.each(seeds.slice(0, 20))('the same twice, and the same whatever was known before (%i)', (seed) => {
    const { boxes, wires } = randomBoard(seed);
    const first = routeWires(boxes, wires);
    expect([...routeWires(boxes, wires).routes]).toEqual([...first.routes]);
    const random = new Xoshiro(seed, 'moves');
    let [known, now] = [first, boxes];
    for (let move = 0; move < 5; move++) {
      const moved = random.integer(now.length);
      now = now.map((one, at) =>
        at === moved ? { ...one, x: one.x + 30 * (random.integer(9) - 4), y: one.y + 24 } : one,
      );
      const drawn = wires.map((one) => ({ ...wire(now, one.from, one.to, one.says), id: one.id }));
      known = routeWires(now, drawn, known);
      expect([...known.routes]).toEqual([...routeWires(now, drawn).routes]);
    }
  });
});

describe('a board that changes', () => {
  it('keeps the routes that stay as objects, and all of them where nothing changes', () => {
    const boxes = [box('a', 0, 0), box('b', 232, 10), box('c', 464, 0), box('far', 5_000, 5_000)];
    const wires = [wire(boxes, 'a', 'c')];
    const first = routeWires(boxes, wires);
    expect(routeWires([...boxes], [...wires], first)).toBe(first);
    const moved = boxes.map((one) => (one.id === 'far' ? { ...one, x: 6_000 } : one));
    expect(routeWires(moved, wires, first).routes.get('a-c')).toBe(first.routes.get('a-c'));
    const lifted = boxes.map((one) => (one.id === 'b' ? { ...one, y: 400 } : one));
    expect(routeWires(lifted, wires, first).routes.get('a-c')).not.toBe(first.routes.get('a-c'));
  });

  it('with places beyond all sense is drawn with plain curves', () => {
    const boxes = [box('a', -1e308, 0), box('b', 1e308, 1e300), box('c', 0, 0)];
    const { routes } = routeWires(boxes, [wire(boxes, 'a', 'b'), wire(boxes, 'b', 'c')]);
    expect([...routes.values()].map((route) => route.corners)).toEqual([null, null]);
  });

  it('with boxes on top of each other has a route for every wire', () => {
    const boxes = Array.from({ length: 12 }, (_, at) => box(`n${at}`, (at % 4) * 40, Math.floor(at / 4) * 20));
    const wires = boxes.flatMap((one, at) => (at === 0 ? [] : [wire(boxes, 'n0', one.id), wire(boxes, one.id, 'n0')]));
    const { routes } = routeWires(boxes, wires);
    expect(routes.size).toBe(22);
    for (const { path } of routes.values()) expect(path).toMatch(/^M[-\d. ]+[CL][-\d. CLQ]+$/);
  });
});
