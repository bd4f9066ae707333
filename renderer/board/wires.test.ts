import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Design } from '#shared/contract/design.ts';
import { boxesUnder } from '../../test/support/wire-crossings.ts';
import { sizeOf } from './node-size.ts';
import { projector } from './projection.ts';
import { hidesLabel, wirePath } from './wire-path.ts';
import { drawnIn, routesOf } from './wires.ts';

const folder = join(import.meta.dirname, '../../assets/templates');
const templates = readdirSync(folder).filter((name) => name.endsWith('.runboard'));
const read = (name: string): Design => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Design;

describe.each(templates)('the board of %s', (name) => {
  const design = read(name);
  const routes = routesOf(design.board);

  it('has no wire on a box that it does not belong to', () => {
    const boxes = design.board.nodes.map(({ id, x, y, ...node }) => ({ id, x, y, ...sizeOf(node) }));
    const crossings = design.board.edges.flatMap((edge) => {
      const route = routes.get(edge.id);
      return route === undefined ? [] : boxesUnder(route, boxes, edge).map((id) => `${edge.id} on ${id}`);
    });
    expect(crossings).toEqual([]);
  });

  it('has its wires end at the ports that React Flow is told', () => {
    const { nodes, edges } = projector()(design);
    expect(edges.filter(({ id }) => !routes.has(id))).toEqual([]);
    for (const edge of edges) {
      const route = routes.get(edge.id);
      if (route === undefined) continue;
      const [source, target] = [edge.source, edge.target].map((id) => nodes.find((node) => node.id === id));
      const out = source?.handles?.find((one) => one.type === 'source' && one.id === edge.sourceHandle);
      const into = target?.handles?.find((one) => one.type === 'target' && one.id === edge.targetHandle);
      expect(route.sourceX).toBe((source?.position.x ?? 0) + (out?.x ?? 0) + 8);
      expect(route.sourceY).toBe((source?.position.y ?? 0) + (out?.y ?? 0) + 4);
      expect(route.targetX).toBe((target?.position.x ?? 0) + (into?.x ?? 0));
      expect(route.targetY).toBe((target?.position.y ?? 0) + (into?.y ?? 0) + 4);
    }
  });
});

describe('a wire', () => {
  const design = read('video-recommendation.runboard');
  const route = [...routesOf(design.board).values()].find((one) => one.corners !== null);
  if (route === undefined) throw new Error('no wire goes round anything');

  it('takes its route while its ends are where the design has them, else a plain curve', () => {
    expect(wirePath(route, route).path).toBe(route.path);
    const dragged = wirePath({ ...route, sourceX: route.sourceX + 4 }, route);
    expect(dragged.path).toMatch(/^M[-\d. ]+C[-\d. ]+$/);
    expect(dragged.at).not.toBeNull();
  });

  it('counts what flows along it, through what is only drawn, and not around a feedback', () => {
    const giver = (from: string, to: string): string | null =>
      drawnIn(design.board, design.board.edges.find((edge) => edge.from === from && edge.to === to)?.id ?? '').giver;
    expect(giver('drift', 'score-drift')).toBe('diversity');
    expect(giver('app-events', 'source')).toBeNull();
  });

  it('hides a label that would cover most of a short, level wire', () => {
    const ends = { sourceX: 0, sourceY: 0, targetX: 30, targetY: 4 };
    expect(hidesLabel(ends, '128k')).toBe(true);
    expect(hidesLabel({ ...ends, targetX: 60 }, '128k')).toBe(false);
    expect(hidesLabel({ ...ends, targetY: 60 }, '128k')).toBe(false);
  });

  it('keeps its route when something changes that no wire depends on', () => {
    const nodes = design.board.nodes.map((node) => ({ ...node, title: `${node.title}!` }));
    const renamed = routesOf({ ...design.board, nodes });
    for (const [id, one] of routesOf(design.board)) expect(renamed.get(id)).toBe(one);
  });
});
