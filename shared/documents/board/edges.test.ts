import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Design } from '#shared/contract/design.ts';
import { boxesUnder } from '../../../test/support/wire-crossings.ts';
import { routeEdges } from './edges.ts';
import { layoutBoard } from './layout.ts';
import { boardSvg } from './svg.ts';

const folder = join(import.meta.dirname, '../../../assets/templates');
const templates = readdirSync(folder).filter((name) => name.endsWith('.runboard'));

describe.each(templates)('the drawing of %s', (name) => {
  const design = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Design;

  it('has no wire on a box that it does not belong to', () => {
    const layout = layoutBoard(design);
    const boxes = [...layout.boxes].map(([id, box]) => ({ ...box, id }));
    const routes = routeEdges(design, layout, new Map());
    const crossings = design.board.edges.flatMap((edge) => {
      const route = routes.get(edge.id);
      if (route === undefined) throw new Error(`no route for ${edge.id}`);
      return boxesUnder(route, boxes, edge).map((id) => `${edge.id} on ${id}`);
    });
    expect(crossings).toEqual([]);
  });

  it('is the same to the byte when it is drawn again', () => {
    expect(boardSvg(structuredClone(design))).toBe(boardSvg(design));
  });
});
