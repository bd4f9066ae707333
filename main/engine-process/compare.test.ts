import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '#shared/contract/methods.ts';
import { holm } from '#shared/kernels/holm.ts';
import { randomDesign } from '../../test/support/small-design.ts';
import { SmallEngine } from '../../test/support/small-engine.ts';

const call: Call = { signal: new AbortController().signal, emit: () => {} };

let small: SmallEngine;

beforeAll(async () => {
  small = await SmallEngine.open();
});
afterAll(() => small.close());

describe('several runs against one', () => {
  it('holds every run beside the baseline, with the same differences as two runs have, corrected over all', async () => {
    const names = [(await small.run()).run];
    for (const keep of ['2', '12', '8']) names.push((await small.run({ set: { 'random.keep': keep } })).run);
    const [baseline, ...runs] = names;
    const many = await small.engine.compareMany({ baseline, runs }, call.signal);
    expect(many.runs.map((one) => one.changes)).toEqual([['random: keep 8 → 2'], ['random: keep 8 → 12'], []]);
    const two = await small.engine.compare(baseline, runs[0]);
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
    const only = await small.engine.compareMany({ baseline, runs, node: 'random' }, call.signal);
    expect(new Set(only.metrics.map(({ node }) => node))).toEqual(new Set(['random']));
  });

  it('stops when it is cancelled', async () => {
    const stop = new AbortController();
    stop.abort();
    const [one, other] = (await small.engine.list()).map(({ run: name }) => name);
    await expect(small.engine.compareMany({ baseline: one, runs: [other] }, stop.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('knows which runs were of a sweep, and measures what is stale against the run of the design', async () => {
    const changed = randomDesign();
    changed.title = 'Swept';
    await small.run({ design: changed });
    const swept = await small.run({ design: changed, set: { 'random.keep': '5' }, sweep: true });
    expect((await small.engine.list()).find((one) => one.run === swept.run)?.sweep).toBe(true);
    expect((await small.engine.list()).filter((one) => !one.sweep).length).toBeGreaterThan(3);
    changed.seed = 4;
    const plan = await small.engine.plan({ design: changed, designPath: null, data: small.data }, call);
    expect(plan.find(({ node }) => node === 'random')?.because).toBe('the seed changed');
  });
});
