import { describe, expect, it } from 'vitest';
import { RunboardError } from '#shared/contract/failure.ts';
import type { NodeResult, RunResult } from '#shared/contract/results.ts';
import { bound, smallDesign } from '../../test/support/small-design.ts';
import { firstChoice, judge, lowerIsBetter, metricKeys } from './judge.ts';
import { axesOf, movedEnd, passing } from './axes.ts';
import { ablationRows, sweepRows, usualAblations } from './rows.ts';
import { outcomeOf, runRows, waiting, type RowOutcome } from './run-rows.ts';
import { createSweepStore, startSweep } from './sweep-store.ts';
import { allValues, canSweep, rangeAround, valuesOf } from './values.ts';
import { specs } from '#shared/components/specs.generated.ts';
import { paramFault } from '#shared/contract/params.ts';

const any = { minimum: 0, maximum: 1e6 };

function node(
  id: string,
  component: string,
  metrics: Record<string, number>,
  status: NodeResult['status'] = 'done',
): NodeResult {
  return {
    id,
    component,
    status,
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, value]) => [name, { value, low: value - 0.02, high: value + 0.02, n: 10 }]),
    ),
  } as unknown as NodeResult;
}

function resultOf(run: string, nodes: readonly NodeResult[], status: RunResult['status'] = 'done'): RunResult {
  return {
    run,
    status,
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: '2026-01-01T00:00:03Z',
    nodes: Object.fromEntries(nodes.map((one) => [one.id, one])),
  } as unknown as RunResult;
}

const swept = (values: readonly number[]): Parameters<typeof sweepRows>[1] => [
  { node: 'popular', param: 'keep', title: 'Popular · keep', values },
];

describe('values to try', () => {
  it('are equal steps or equal factors, both ends included', () => {
    expect(valuesOf(any, { from: 0, to: 1, steps: 5, scale: 'linear' })).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(valuesOf(any, { from: 1, to: 10_000, steps: 5, scale: 'logarithmic' })).toEqual([1, 10, 100, 1000, 10_000]);
    expect(valuesOf(any, { from: 0.001, to: 0.1, steps: 5, scale: 'logarithmic' })).toEqual([
      0.001, 0.00316, 0.01, 0.0316, 0.1,
    ]);
  });

  it('stay within the parameter, are whole where it is, and come once', () => {
    expect(valuesOf({ minimum: 1, maximum: 4, integer: true }, { from: 9, to: -3, steps: 9, scale: 'linear' })).toEqual(
      [1, 2, 3, 4],
    );
    expect(valuesOf(any, { from: 0, to: 8, steps: 3, scale: 'logarithmic' })).toEqual([0, 4, 8]);
  });

  it('can be taken by every parameter of the catalogue that is offered', () => {
    for (const spec of Object.values(specs)) {
      for (const [name, param] of Object.entries(spec.params).filter(([, one]) => canSweep(one))) {
        const values = param.kind === 'number' ? valuesOf(param, rangeAround(param, param.default)) : allValues(param);
        expect(
          values.map((value) => paramFault(param, value)),
          `${spec.id}.${name}`,
        ).toEqual(values.map(() => null));
        expect(values.length, `${spec.id}.${name}`).toBeGreaterThan(
          param.kind === 'number' && param.minimum === param.maximum ? 0 : 1,
        );
      }
    }
  });
});

describe('rows', () => {
  it('hold every combination, set as `runs.start` takes it', () => {
    const rows = sweepRows(smallDesign(), [
      ...swept([10, 20]),
      { node: 'cap', param: 'share', title: '', values: [true, false] },
    ]);
    expect(rows.map(({ id }) => id)).toEqual(['10 · true', '10 · false', '20 · true', '20 · false']);
    expect(rows[1].options.set).toEqual({ 'popular.keep': '10', 'cap.share': 'false' });
    expect(sweepRows(smallDesign(), [])).toEqual([]);
  });

  it('of an ablation bypass one re-ranker each, then all; the design itself stays as it is', () => {
    const design = smallDesign();
    design.board.nodes.push(bound('mmr', 'mmr', {}, { title: 'MMR' }));
    const rows = ablationRows(design, ['cap', 'mmr']);
    expect(rows.map(({ title }) => title)).toEqual([
      'As drawn',
      'Without Category cap',
      'Without MMR',
      'Without all of them',
    ]);
    const bypassed = rows.map(({ options }) =>
      options.design.board.nodes.filter(({ mode }) => mode === 'bypass').map(({ id }) => id),
    );
    expect(bypassed).toEqual([[], ['cap'], ['mmr'], ['cap', 'mmr']]);
    expect(design.board.nodes.some(({ mode }) => mode === 'bypass')).toBe(false);
    expect(ablationRows(design, [])).toEqual([]);
    expect(ablationRows(design, ['popular', 'cap']).map(({ id }) => id)).toEqual([
      'as drawn',
      'without popular',
      'without cap',
    ]);
  });
});

describe('what is left out at first', () => {
  const ablation = (
    node: string,
    component: string,
    refusal: string | null = null,
  ): Parameters<typeof usualAblations>[0][number] => ({
    node,
    title: node,
    component,
    refusal,
    measured: [],
  });

  it('is every re-ranker that can be, else the first node that can be', () => {
    expect(
      usualAblations([
        ablation('filter', 'filter'),
        ablation('cap', 'category-cap'),
        ablation('mmr', 'mmr'),
        ablation('last', 'mmr', 'because'),
      ]),
    ).toEqual(['cap', 'mmr']);
    expect(usualAblations([ablation('source', 'source', 'because'), ablation('filter', 'filter')])).toEqual(['filter']);
    expect(usualAblations([])).toEqual([]);
  });
});

describe('running rows', () => {
  it('goes one after another, and a row that fails does not stop the others', async () => {
    let going = 0;
    const told: string[] = [];
    await runRows(sweepRows(smallDesign(), swept([1, 2, 3])), {
      start: async ({ id }) => {
        expect(++going).toBe(1);
        await Promise.resolve();
        going--;
        if (id === '2') throw new RunboardError('bad-parameter', 'too many');
        return resultOf(`r-${id}`, []);
      },
      tell: (id, { state, run, failure }) => told.push([id, state, run ?? failure?.what ?? ''].join(' ').trim()),
      signal: { aborted: false },
    });
    expect(told).toEqual([
      '1 waiting',
      '2 waiting',
      '3 waiting',
      '1 running',
      '1 done r-1',
      '2 running',
      '2 failed too many',
      '3 running',
      '3 done r-3',
    ]);
  });

  it('stops at once when cancelled: what was done stays, what was not never starts', async () => {
    const store = createSweepStore();
    const started: string[] = [];
    const rows = sweepRows(smallDesign(), swept([1, 2, 3]));
    const sweep = startSweep(store, { swept: swept([1, 2, 3]), rows }, (row, signal) => {
      started.push(row.id);
      if (row.id === '1') return Promise.resolve(resultOf('r-1', []));
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new RunboardError('cancelled', 'cancelled'))),
      );
    });
    await expect.poll(() => started).toEqual(['1', '2']);
    await startSweep(store, { swept: [], rows: [] }, () => Promise.reject(new Error('two at a time')));
    store.getState().cancel();
    await sweep;
    expect(started).toEqual(['1', '2']);
    expect(rows.map(({ id }) => store.getState().outcomes[id].state)).toEqual(['done', 'cancelled', 'cancelled']);
    expect(store.getState().running).toBe(false);
  });
});

describe('what became of a row', () => {
  it('leaves out the baselines of the engine, and everything that a run measured before it failed', () => {
    const nodes = [
      node('baseline-ease', 'ease', { 'ndcg@10': 0.9 }),
      node('popular', 'popularity', { 'recall@50': 0.5 }),
    ];
    expect(Object.keys(outcomeOf(resultOf('r-1', nodes)).metrics)).toEqual(['popular recall@50']);
    expect(outcomeOf(resultOf('r-1', nodes, 'failed'))).toMatchObject({ state: 'failed', metrics: {} });
  });
});

describe('judging', () => {
  const rows = sweepRows(smallDesign(), swept([1, 2, 3]));

  async function outcomesOf(metric: string, values: readonly number[]): Promise<Record<string, RowOutcome>> {
    const outcomes: Record<string, RowOutcome> = {};
    await runRows(rows, {
      start: async ({ id }) =>
        resultOf(`r-${id}`, [
          node('popular', 'popularity', { 'recall@50': 0.9 }, 'reused'),
          node('evaluate', 'evaluate-lists', { [metric]: values[Number(id) - 1] }),
        ]),
      tell: (id, outcome) => (outcomes[id] = outcome),
      signal: { aborted: false },
    });
    return outcomes;
  }

  it('puts evaluations first, and counts what was reused', async () => {
    const outcomes = await outcomesOf('ndcg@10', [0.1, 0.2, 0.3]);
    const keys = metricKeys(Object.values(outcomes));
    expect(keys).toEqual(['evaluate ndcg@10', 'popular recall@50']);
    expect(firstChoice(keys)).toBe('evaluate ndcg@10');
    expect(outcomes['1']).toMatchObject({ reused: 1, nodes: 2, seconds: 3 });
  });

  it('marks the best', async () => {
    const judged = judge(rows, await outcomesOf('ndcg@10', [0.1, 0.31, 0.3]), 'evaluate ndcg@10', waiting);
    expect(judged.map(({ best }) => best)).toEqual([false, true, false]);
  });

  it('puts runs on parallel axes, the chosen metric last, and keeps those within all brushes', async () => {
    const judged = judge(rows, await outcomesOf('ndcg@10', [0.1, 0.3, 0.2]), 'evaluate ndcg@10', waiting);
    const axes = axesOf(swept([1, 2, 3]), judged, 'evaluate ndcg@10');
    expect(axes.map(({ id, metric }) => [id, metric])).toEqual([
      ['popular.keep', false],
      ['evaluate ndcg@10', true],
    ]);
    expect(axes[0].at).toEqual([0, 0.5, 1]);
    expect(axes[1].at.map((one) => Number(one?.toFixed(9)))).toEqual([0, 1, 0.5]);
    expect(axes[1].word(0.5)).toBe('.200');
    expect(passing(axes, {}, 3)).toEqual([true, true, true]);
    expect(passing(axes, { 'popular.keep': [0.4, 1] }, 3)).toEqual([false, true, true]);
    expect(passing(axes, { 'popular.keep': [0.4, 1], 'evaluate ndcg@10': [0, 0.6] }, 3)).toEqual([false, false, true]);
    const half = axesOf(
      swept([1, 2, 3]),
      [judged[0], { ...judged[1], outcome: waiting, metric: null }],
      'evaluate ndcg@10',
    );
    expect(passing(half, { 'evaluate ndcg@10': [0, 1] }, 2)).toEqual([true, false]);
  });

  it('moves the ends of a brush, never past each other, and forgets one that holds everything', () => {
    expect(movedEnd(undefined, 'low', 0.3)).toEqual([0.3, 1]);
    expect(movedEnd([0.3, 0.6], 'low', 0.9)).toEqual([0.6, 0.6]);
    expect(movedEnd([0.3, 0.6], 'high', -1)).toEqual([0.3, 0.3]);
    expect(movedEnd([0.3, 1], 'low', 0)).toBeUndefined();
  });

  it('calls all that share the best value best, and none where all are alike', async () => {
    expect(
      judge(rows, await outcomesOf('ndcg@10', [0.3, 0.2, 0.3]), 'evaluate ndcg@10', waiting).map(({ best }) => best),
    ).toEqual([true, false, true]);
    expect(
      judge(rows, await outcomesOf('ndcg@10', [0.3, 0.3, 0.3]), 'evaluate ndcg@10', waiting).map(({ best }) => best),
    ).toEqual([false, false, false]);
  });

  it('knows where less is better', async () => {
    const judged = judge(rows, await outcomesOf('log-loss', [0.5, 0.4, 0.6]), 'evaluate log-loss', waiting);
    expect(judged.map(({ best }) => best)).toEqual([false, true, false]);
    expect(judge(rows, {}, null, waiting).some(({ best }) => best)).toBe(false);
    const { metrics } = await import('#shared/metrics/metrics.generated.ts');
    for (const { id, better } of Object.values(metrics))
      if (better !== 'neither') expect(lowerIsBetter(id), id).toBe(better === 'lower');
  });
});
