import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ValuePreview } from '#shared/contract/previews.ts';
import type { RunResult } from '#shared/contract/results.ts';
import { bound, smallDesign, wires } from '../../test/support/small-design.ts';
import { SmallEngine } from '../../test/support/small-engine.ts';

let small: SmallEngine;
let result: RunResult;
const { signal } = new AbortController();

beforeAll(async () => {
  small = await SmallEngine.open();
  const nodes = [
    bound('source', 'source'),
    bound('split', 'split'),
    bound('popular', 'popularity', { keep: 5 }),
    bound('evaluate', 'evaluate-lists'),
  ];
  const edges = wires('source>split', 'split>popular', 'popular>evaluate');
  result = await small.run({ design: smallDesign({ board: { nodes, edges } }) });
});
afterAll(() => small.close());

const page = (
  node: string,
  more: { table?: string; port?: string; offset?: number; limit?: number } = {},
): Promise<ValuePreview> => small.engine.preview({ run: result.run, node, offset: 0, limit: 3, ...more }, signal);

describe('preview of a port', () => {
  it('gives the first rows, all columns with their distribution, and how many there are', async () => {
    const shown = await page('source');
    expect(shown).toMatchObject({ type: 'dataset', table: 'events', total: 480, counted: 480 });
    expect(shown.rows).toHaveLength(3);
    expect(shown.profiles.map(({ name }) => name)).toEqual(shown.columns);
    expect(shown.profiles.find(({ name }) => name === 'value')).toMatchObject({ minimum: 1, maximum: 3 });
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
      small.engine.preview({ run: 'r-9999', node: 'source', offset: 0, limit: 1 }, signal),
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
    await small.importRatings(2);
    await expect(page('source')).rejects.toMatchObject({ code: 'bad-data' });
    expect((await page('split', { table: 'train' })).total).toBeGreaterThan(0);
  });
});
