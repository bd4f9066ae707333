import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '#shared/contract/methods.ts';
import type { RunOptions } from '#shared/contract/runs.ts';
import type { RunResult } from '#shared/contract/results.ts';
import { holm } from '#shared/kernels/holm.ts';
import { importDataset } from '#main/node/datasets/import.ts';
import { bound, wires } from '../../test/support/small-design.ts';
import { openEngine, type Engine } from './engine.ts';

const design: RunOptions['design'] = {
  format: 'runboard',
  version: 1,
  title: 'Small',
  seed: 3,
  board: {
    nodes: [
      bound('source', 'source'),
      bound('split', 'split'),
      bound('random', 'random', { keep: 8 }),
      bound('evaluate', 'evaluate-lists'),
    ],
    edges: wires('source>split', 'split>random', 'random>evaluate'),
  },
};
const call: Call = { signal: new AbortController().signal, emit: () => {} };

let workspace: string;
let engine: Engine;

async function run(options: Partial<RunOptions> = {}): Promise<RunResult> {
  return engine.start({ design, designPath: null, data: join(workspace, 'small.db'), ...options }, call);
}

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'runboard-compare-'));
  const rows = ['user,item,time'];
  for (let u = 0; u < 40; u++)
    for (let i = 0; i < 24; i++)
      if ((u + i) % 2 === 0) rows.push(`u${u},i${i},${1_700_000_000 + ((u * 7 + i * 13) % 97)}`);
  writeFileSync(join(workspace, 'events.csv'), rows.join('\n'));
  await importDataset({
    path: join(workspace, 'events.csv'),
    format: 'csv',
    out: join(workspace, 'small.db'),
    map: { user: 'user', item: 'item', time: 'time' },
  });
  engine = await openEngine({ workspace });
});
afterAll(async () => {
  await engine.close();
  rmSync(workspace, { recursive: true, force: true });
});

describe('several runs against one', () => {
  it('holds every run beside the baseline, with the same differences as two runs have, corrected over all', async () => {
    const names = [(await run()).run];
    for (const keep of ['2', '12', '8']) names.push((await run({ set: { 'random.keep': keep } })).run);
    const [baseline, ...runs] = names;
    const many = await engine.compareMany({ baseline, runs }, call.signal);
    expect(many.runs.map((one) => one.changes)).toEqual([['random: keep 8 → 2'], ['random: keep 8 → 12'], []]);
    const two = await engine.compare(baseline, runs[0]);
    const asked: number[] = [];
    for (const { node, metric, cells, baseline: before } of many.metrics.filter((one) => one.node === 'evaluate')) {
      const alone = two.metrics.find((one) => one.node === node && one.metric === metric);
      expect(before).toEqual(alone?.a);
      expect(cells[0]?.value).toEqual(alone?.b);
      expect(cells[0]?.difference?.mean).toBe(alone?.difference?.mean);
      expect(cells[2]?.difference?.mean ?? 0).toBe(0);
      for (const cell of cells.slice(0, 2)) if (cell?.difference != null) asked.push(cell.difference.p);
    }
    const corrected = many.metrics
      .filter((one) => one.node === 'evaluate')
      .flatMap(({ cells }) => cells.slice(0, 2).flatMap((cell) => cell?.difference?.pHolm ?? []));
    expect(asked.length).toBeGreaterThan(10);
    expect(corrected).toEqual([...holm(asked)]);
    expect(many.metrics.find((one) => one.metric === 'ndcg@10' && one.node === 'evaluate')).toMatchObject({
      better: 'higher',
      title: 'evaluate',
    });
    const only = await engine.compareMany({ baseline, runs, node: 'random' }, call.signal);
    expect(new Set(only.metrics.map(({ node }) => node))).toEqual(new Set(['random']));
  });

  it('stops when it is cancelled', async () => {
    const stop = new AbortController();
    stop.abort();
    const [one, other] = (await engine.list()).map(({ run: name }) => name);
    await expect(engine.compareMany({ baseline: one, runs: [other] }, stop.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('knows which runs were of a sweep, and measures what is stale against the run of the design', async () => {
    const changed = structuredClone(design);
    changed.title = 'Swept';
    await run({ design: changed });
    const swept = await run({ design: changed, set: { 'random.keep': '5' }, sweep: true });
    expect((await engine.list()).find((one) => one.run === swept.run)?.sweep).toBe(true);
    expect((await engine.list()).filter((one) => !one.sweep).length).toBeGreaterThan(3);
    changed.seed = 4;
    const plan = await engine.plan({ design: changed, designPath: null, data: join(workspace, 'small.db') }, call);
    expect(plan.find(({ node }) => node === 'random')?.because).toBe('the seed changed');
  });
});
