import { describe, expect, it } from 'vitest';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Candidates, Split } from '#shared/contract/values.ts';
import { heldOut } from '#shared/values/history.ts';
import { requestsOfPart } from '#shared/values/requests.ts';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { checkerboard, splitOf } from '../../../../test/support/small-worlds.ts';
import { tensorPorts } from '../../../../test/support/tensor-asset.ts';
import { component } from './run.ts';
import { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;
const params: Params = {
  ...defaultParams(spec.params),
  width: 8,
  batchSize: 32,
  epochs: 40,
  patience: 10,
  learningRate: 0.03,
};
const context = (): ReturnType<typeof testContext> => testContext({ ports: tensorPorts });

type State = Awaited<ReturnType<NonNullable<typeof component.fit>>>;

async function fitted(split: Split, chosen: Params = params, said = context()): Promise<State> {
  return (await component.fit?.({ split }, chosen, said)) as State;
}

async function answer(split: Split, state: State, chosen: Params = params): Promise<Candidates> {
  const ready = await component.open!(state, { split }, chosen, context());
  return (await component.apply(ready, { split }, chosen, context())).candidates;
}

/** Share of test requests whose held-out item comes first: it is the only liked item that is not hidden. */
function found(split: Split, candidates: Candidates): number {
  const rows = requestsOfPart(split.requests, 2);
  const hits = [...rows].filter((r) =>
    candidates.items
      .subarray(candidates.offsets[r], candidates.offsets[r] + 1)
      .includes(heldOut(split, split.requests, r).items[0]),
  );
  return hits.length / rows.length;
}

describe(spec.title, () => {
  const split = checkerboard();

  it.each([
    ['ids alone', {}],
    ['side columns', { itemColumns: ['all'] }],
    ['hidden layers', { hidden: [16], itemColumns: ['group'] }],
    ['vectors of any length', { normalise: false, temperature: 1 }],
  ])('learns the checkerboard from %s', async (_name, changes) => {
    const said = context();
    const chosen = { ...params, ...changes };
    const candidates = await answer(split, await fitted(split, chosen, said), chosen);
    expect(found(split, candidates)).toBeGreaterThan(0.85);
    expect(said.said.curve[0].values).toHaveProperty('validation NDCG@10');
    expect(said.said.curve[0].values).toHaveProperty('loss');
  });

  it('has vectors of length 1 whose products are the scores', async () => {
    const state = await fitted(split);
    for (let u = 0; u < 20; u++) expect(Math.hypot(...state.users.subarray(u * 8, u * 8 + 8))).toBeCloseTo(1, 5);
    const candidates = await answer(split, state);
    const [user, item] = [split.requests.user[0], candidates.items[0]];
    let product = 0;
    for (let d = 0; d < 8; d++) product += state.users[user * 8 + d] * state.items[item * 8 + d];
    expect(candidates.scores[0]).toBeCloseTo(product, 5);
  });

  it('lifts popular items when logQ is on', async () => {
    // Item 0 is everybody's; the others belong to one user each.
    const world = checkerboard(20, 20);
    const rows = Array.from(
      { length: 20 },
      (_, u) =>
        [
          [u, 0, 1, 1],
          [u, 1 + (u % 19), 2, 1],
        ] as [number, number, number, number][],
    ).flat();
    const events = {
      ...world.dataset.events,
      user: Int32Array.from(rows, (r) => r[0]),
      item: Int32Array.from(rows, (r) => r[1]),
      time: Float64Array.from(rows, (r) => r[2]),
      value: new Float32Array(40).fill(1),
      table: { rows: 40, columns: {} },
    };
    const skewed = splitOf({ ...world.dataset, events }, { train: rows.map((_, row) => row), test: [] });
    const meanOfPopular = async (logQ: boolean): Promise<number> => {
      const state = await fitted(skewed, { ...params, logQ, epochs: 20 });
      let sum = 0;
      for (let u = 0; u < 20; u++) for (let d = 0; d < 8; d++) sum += state.users[u * 8 + d] * state.items[d];
      return sum / 20;
    };
    expect(await meanOfPopular(true)).toBeGreaterThan((await meanOfPopular(false)) + 0.1);
  });

  it('knows cold items by their columns when asked to, and is silent on them otherwise', async () => {
    const warm = { ...split, train: split.train.filter((row) => split.dataset.events.item[row] !== 6) };
    const columns = { ...params, itemColumns: ['group'] };
    const silent = await fitted(warm, columns);
    expect([...silent.items.subarray(48, 56)]).toEqual(new Array(8).fill(0));
    expect([...(await answer(warm, silent, columns)).items]).not.toContain(6);
    const cold = { ...columns, cold: true };
    const candidates = await answer(warm, await fitted(warm, cold), cold);
    // Even users like even items: item 6 stands higher with them than with the others.
    const places: [number[], number[]] = [[], []];
    for (let r = 0; r < warm.requests.user.length; r++) {
      const list = candidates.items.subarray(candidates.offsets[r], candidates.offsets[r + 1]);
      places[warm.requests.user[r] % 2].push(list.indexOf(6) / list.length);
    }
    const mean = (of: number[]): number => of.reduce((sum, place) => sum + place, 0) / of.length;
    expect(mean(places[0])).toBeLessThan(mean(places[1]) - 0.2);
  });

  it('stops when it diverges, and names a column that is not there', async () => {
    await expect(fitted(split, { ...params, normalise: false, learningRate: 1e30 })).rejects.toMatchObject({
      code: 'diverged',
    });
    await expect(fitted(split, { ...params, itemColumns: ['colour'] })).rejects.toMatchObject({
      code: 'bad-parameter',
      remedy: expect.stringContaining('group'),
    });
    await expect(fitted({ ...split, train: new Int32Array(0) })).rejects.toMatchObject({ code: 'bad-data' });
  });
});
