import { describe, expect, it } from 'vitest';
import type { Design } from '#shared/contract/design.ts';
import { specs } from '#shared/components/specs.generated.ts';
import { paletteEntries } from '#renderer/client/catalogue.ts';
import { bandsOf, laneAt } from './lanes.ts';
import { indexOf, judgeWire, portForEntry, typesFrom } from './ports.ts';

type Board = Design['board'];

const bound = (id: string, component: string): Board['nodes'][number] => ({
  id,
  kind: specs[component].kind,
  title: id,
  x: 0,
  y: 0,
  binding: { component, version: 1, params: {} },
});
const drawn = (id: string): Board['nodes'][number] => ({ id, kind: 'gateway', title: id, x: 0, y: 0 });

const board: Board = {
  nodes: [
    bound('Data', 'source'),
    bound('Split', 'split'),
    bound('Popular', 'popularity'),
    drawn('Gateway'),
    drawn('Queue'),
    bound('List', 'mmr'),
  ],
  edges: [
    { id: '1', from: 'Data', to: 'Split' },
    { id: '2', from: 'Split', to: 'Popular' },
    { id: '3', from: 'Popular', to: 'Gateway' },
  ],
};

const judge = (from: string, fromPort: string, to: string, toPort: string): ReturnType<typeof judgeWire> =>
  judgeWire(board, { node: from, port: fromPort }, { node: to, port: toPort });

describe('wires', () => {
  it('are drawn where the types fit, also through nodes that are only drawn', () => {
    expect(judge('Popular', 'candidates', 'List', Object.keys(specs['mmr'].inputs)[0]).refusal).toBeNull();
    expect(judge('Gateway', 'out', 'List', Object.keys(specs['mmr'].inputs)[0]).refusal).toBeNull();
    expect(judge('Queue', 'out', 'Split', 'dataset').refusal).toBeNull();
  });

  it('know what comes through drawn nodes on a board with more ways than anybody could walk', () => {
    const many = Array.from({ length: 60 }, (_, at) => drawn(`Drawn ${at}`));
    const ways = many.flatMap((one) =>
      many.map((other) => ({ id: `${one.id}-${other.id}`, from: one.id, to: other.id })),
    );
    const dense = indexOf({
      nodes: [...board.nodes, ...many],
      edges: [...board.edges, { id: 'in', from: 'Popular', to: 'Drawn 0' }, ...ways],
    });
    expect(typesFrom(dense, 'Drawn 59', 'out')).toEqual(['candidates']);
  });

  it('are refused with what is taken and what is given', () => {
    expect(judge('Data', 'dataset', 'List', Object.keys(specs['mmr'].inputs)[0]).refusal).toMatch(
      /of List takes candidates.* but Data gives dataset$/,
    );
    expect(judge('Gateway', 'out', 'Split', 'dataset').refusal).toMatch(/takes dataset, but Gateway gives candidates/);
    expect(judge('Split', 'split', 'Split', 'dataset').refusal).toBe('a node cannot feed itself');
    expect(judge('Data', 'dataset', 'Split', 'dataset').refusal).toBe('these two are already connected');
  });

  it('may lead back between drawn nodes, as feedback', () => {
    expect(judge('Gateway', 'out', 'Queue', 'in')).toEqual({ refusal: null, feedback: false });
    const looped: Board = { ...board, edges: [...board.edges, { id: '4', from: 'Gateway', to: 'Queue' }] };
    expect(judgeWire(looped, { node: 'Queue', port: 'out' }, { node: 'Gateway', port: 'in' })).toEqual({
      refusal: null,
      feedback: true,
    });
  });

  it('offer every component that has a port for them, and no other', () => {
    for (const entry of paletteEntries.filter((one) => one.component !== undefined)) {
      const takes = Object.values(specs[entry.component as string].inputs).some((port) => port.types.includes('split'));
      expect(portForEntry(entry, 'input', ['split']) !== null, entry.id).toBe(takes);
    }
  });
});

describe('lanes', () => {
  it('have one band each, none over another, around their nodes', () => {
    const nodes = [
      { ...drawn('a'), lane: 'data' as const, y: 0 },
      { ...drawn('b'), lane: 'serve' as const, y: 160 },
      { ...drawn('c'), lane: 'monitor' as const, y: 900 },
    ];
    const bands = bandsOf({ nodes, edges: [] });
    expect(bands.map((band) => band.lane)).toEqual(['data', 'serve', 'monitor']);
    for (let at = 1; at < bands.length; at++)
      expect(bands[at].y).toBeGreaterThanOrEqual(bands[at - 1].y + bands[at - 1].height);
    expect([laneAt(bands, 10), laneAt(bands, 170), laneAt(bands, 910), laneAt(bands, 5_000)]).toEqual([
      'data',
      'serve',
      'monitor',
      undefined,
    ]);
  });
});
