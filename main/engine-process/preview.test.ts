import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ValuePreview } from '#shared/contract/previews.ts';
import type { RunResult } from '#shared/contract/results.ts';
import { importDataset } from '#main/node/datasets/import.ts';
import { bound, smallDesign, wires } from '../../test/support/small-design.ts';
import { openEngine, type Engine } from './engine.ts';

let workspace: string;
let data: string;
let engine: Engine;
let result: RunResult;
const quiet = { signal: new AbortController().signal, emit: () => {} };

async function importEvents(rating: number): Promise<void> {
  const rows = ['user,item,time,rating'];
  for (let u = 0; u < 30; u++)
    for (let i = 0; i < 20; i++)
      if ((u + i) % 2 === 0)
        rows.push(`u${u},i${i},${1_700_000_000 + ((u * 7 + i * 13) % 97)},${rating + ((u + 3 * i) % 3)}`);
  writeFileSync(join(workspace, 'events.csv'), rows.join('\n'));
  rmSync(data, { force: true });
  await importDataset({
    path: join(workspace, 'events.csv'),
    format: 'csv',
    out: data,
    map: { user: 'user', item: 'item', time: 'time', value: 'rating' },
  });
}

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'runboard-preview-'));
  data = join(workspace, 'small.db');
  await importEvents(3);
  engine = await openEngine({ workspace });
  const nodes = [
    bound('source', 'source'),
    bound('split', 'split'),
    bound('popular', 'popularity', { keep: 5 }),
    bound('evaluate', 'evaluate-lists'),
  ];
  result = await engine.start(
    {
      design: smallDesign({ board: { nodes, edges: wires('source>split', 'split>popular', 'popular>evaluate') } }),
      designPath: null,
      data,
    },
    quiet,
  );
});
afterAll(async () => {
  await engine.close();
  rmSync(workspace, { recursive: true, force: true });
});

const page = (
  node: string,
  more: { table?: string; port?: string; offset?: number; limit?: number } = {},
): Promise<ValuePreview> => engine.preview({ run: result.run, node, offset: 0, limit: 3, ...more }, quiet.signal);

describe('preview of a port', () => {
  it('gives the first rows, all columns with their distribution, and how many there are', async () => {
    const shown = await page('source');
    expect(shown).toMatchObject({ type: 'dataset', table: 'events', total: 300, counted: 300 });
    expect(shown.rows).toHaveLength(3);
    expect(shown.profiles.map(({ name }) => name)).toEqual(shown.columns);
    expect(shown.profiles.find(({ name }) => name === 'value')).toMatchObject({ minimum: 3, maximum: 5 });
    expect(shown.tables.map(({ id }) => id)).toEqual(['events', 'users', 'items']);
  });

  it('pages through the lists of a retriever: every request has its five items, best first', async () => {
    const shown = await page('popular', { limit: 1000 });
    expect(shown.type).toBe('candidates');
    expect(shown.total).toBe(shown.rows.length);
    const rank = shown.columns.indexOf('rank');
    expect(shown.rows.slice(0, 7).map((row) => row[rank])).toEqual([1, 2, 3, 4, 5, 1, 2]);
    expect((await page('popular', { offset: 4, limit: 2 })).rows).toEqual(shown.rows.slice(4, 6));
    expect((await page('popular', { offset: shown.total + 50 })).rows).toEqual([]);
  });

  it('shows metrics as they are in the run', async () => {
    const shown = await page('evaluate', { limit: 100 });
    const metrics = Object.entries(result.nodes['evaluate'].metrics);
    expect(shown.rows.map((row) => [row[0], row[1]])).toEqual(metrics.map(([name, { value }]) => [name, value]));
  });

  it('says what is wrong with a run, node, port or table that is not there', async () => {
    await expect(
      engine.preview({ run: 'r-9999', node: 'source', offset: 0, limit: 1 }, quiet.signal),
    ).rejects.toMatchObject({ code: 'not-found' });
    await expect(page('nobody')).rejects.toMatchObject({
      code: 'not-found',
      remedy: expect.stringContaining('popular') as string,
    });
    await expect(page('popular', { port: 'toString' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(page('popular', { table: 'nothing' })).rejects.toMatchObject({
      code: 'not-found',
      remedy: 'it has items, requests',
    });
  });

  it('refuses to show a source whose data set was replaced since', async () => {
    await page('popular');
    await importEvents(1);
    await expect(page('source')).rejects.toMatchObject({ code: 'bad-data' });
    expect((await page('split', { table: 'train' })).total).toBeGreaterThan(0);
  });
});
