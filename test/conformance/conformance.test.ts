// What every component must satisfy, run over the whole catalogue: a new component is held to it by being there.
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/components/catalogue.generated.ts';
import { specs } from '../../shared/components/specs.generated.ts';
import type { ComponentSpec, RunnableComponent } from '../../shared/contract/component.ts';
import { RunboardError } from '../../shared/contract/failure.ts';
import type { Candidates, Value } from '../../shared/contract/values.ts';
import { hiddenItems } from '../../shared/values/history.ts';
import { candidatesFor, splitFor } from '../../shared/values/requests.ts';
import { noExamples } from '../../shared/values/no-examples.ts';
import {
  fingerprint,
  listsOf,
  runComponent as run,
  storedAndLoaded,
  type Inputs,
  type Outcome,
} from '../support/run-component.ts';
import { sampleInputs } from '../support/sample-values.ts';
import { checkerboard, datasetOf, splitOf } from '../support/small-worlds.ts';

const all = Object.values(specs);

function isStage(spec: ComponentSpec, ...wanted: ComponentSpec['stage'][]): boolean {
  return wanted.includes(spec.stage);
}

/** The inputs as single requests come: one row of every list, examples without rows. */
function onlyRow(inputs: Inputs, row: number): Inputs {
  const cut = (value: Value): Value => {
    const chosen = Int32Array.of(row);
    if (value.type === 'split') return splitFor(value, chosen);
    if (value.type === 'candidates' || value.type === 'list') return candidatesFor(value, chosen);
    if (value.type === 'examples') return noExamples(value);
    return value.type === 'model' ? { ...value, split: splitFor(value.split, chosen) } : value;
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, Array.isArray(value) ? value.map(cut) : cut(value)]),
  );
}

/** The same value as if other things had happened in the test part. */
function withOtherTestPart(value: Value | Value[]): Value | Value[] {
  if (Array.isArray(value)) return value.map((one) => withOtherTestPart(one) as Value);
  if (value.type === 'examples')
    return { ...value, label: value.label.map((one, row) => (value.part[row] === 2 ? 1 - one : one)) };
  if (value.type !== 'split') return value;
  const { dataset } = value;
  const item = dataset.events.item.slice();
  for (const row of value.test) item[row] = (item[row] + 1) % dataset.items.ids.length;
  return { ...value, dataset: { ...dataset, events: { ...dataset.events, item } } };
}

// Online components simulate whole policies; their own tests hold them to more than this.
describe.each(all.filter((spec) => spec.stage !== 'online').map((spec) => [spec.id, spec] as const))(
  '%s: what it does',
  (id, spec) => {
    let component: RunnableComponent;
    let whole: Outcome;
    const split = checkerboard();
    const inputs = sampleInputs(spec.inputs, split);

    beforeAll(async () => {
      component = await catalogue[id]();
      whole = await run(component, inputs, split);
    });

    it('gives what its ports promise, the same for the same seed, and changes no input', async () => {
      const before = fingerprint(inputs);
      const again = await run(component, inputs, split);
      for (const [port, { type }] of Object.entries(spec.outputs)) expect(again.outputs[port]?.type, port).toBe(type);
      expect(fingerprint(again.outputs)).toBe(fingerprint(whole.outputs));
      expect(fingerprint(again.state)).toBe(fingerprint(whole.state));
      expect(fingerprint(inputs)).toBe(before);
    });

    it('gives the same after its state was stored and loaded', async () => {
      const loaded = await run(component, inputs, split, { state: storedAndLoaded(whole.state) });
      expect(fingerprint(loaded.outputs)).toBe(fingerprint(whole.outputs));
    });

    it('stops when it is cancelled, early or half way', async () => {
      const heard = whole.said.progress;
      expect(heard).toBeGreaterThan(0);
      for (const cancelAfter of new Set([Math.min(3, heard - 1), Math.floor(heard / 2)])) {
        await expect(run(component, inputs, split, { cancelAfter })).rejects.toMatchObject({ code: 'cancelled' });
      }
    });

    it('learns nothing from the test part', async () => {
      if (component.fit === undefined) return;
      const other = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, withOtherTestPart(value)]));
      expect(fingerprint((await run(component, other, split)).state)).toBe(fingerprint(whole.state));
    });

    if (isStage(spec, 'retrieval', 'ranking', 'reranking'))
      it('gives lists of different, known, open items with finite scores', () => {
        for (const lists of listsOf(whole.outputs)) {
          expect(lists.offsets.length).toBe(lists.requests.user.length + 1);
          expect(lists.offsets[lists.requests.user.length]).toBe(lists.items.length);
          for (let r = 0; r < lists.requests.user.length; r++) {
            const items = lists.items.subarray(lists.offsets[r], lists.offsets[r + 1]);
            expect(new Set(items).size).toBe(items.length);
            const hidden = new Set(hiddenItems(lists.split, lists.requests, r));
            expect([...items].filter((item) => hidden.has(item) || item < 0 || item >= 20)).toEqual([]);
            const scores = lists.scores.subarray(lists.offsets[r], lists.offsets[r + 1]);
            expect([...scores].every(Number.isFinite)).toBe(true);
            if (lists.type === 'candidates')
              expect([...scores].every((score, at) => at === 0 || score <= scores[at - 1])).toBe(true);
          }
        }
      });

    if (isStage(spec, 'ranking', 'reranking'))
      it('keeps to the items it was given', () => {
        const given = new Map<number, Set<number>>();
        for (const lists of Object.values(inputs)
          .flat()
          .filter((value): value is Candidates => value.type === 'candidates' || value.type === 'list')) {
          for (let r = 0; r < lists.requests.user.length; r++) {
            const known = given.get(r) ?? new Set<number>();
            for (const item of lists.items.subarray(lists.offsets[r], lists.offsets[r + 1])) known.add(item);
            given.set(r, known);
          }
        }
        for (const lists of listsOf(whole.outputs)) {
          for (let r = 0; r < lists.requests.user.length; r++) {
            const items = lists.items.subarray(lists.offsets[r], lists.offsets[r + 1]);
            expect([...items].filter((item) => !given.get(r)?.has(item))).toEqual([]);
          }
        }
      });

    if (isStage(spec, 'retrieval', 'ranking', 'reranking'))
      it('answers a request alone as among others', async () => {
        for (const row of [0, 7, split.requests.user.length - 1]) {
          const alone = listsOf(await whole.again(onlyRow(inputs, row)));
          listsOf(whole.outputs).forEach((lists, at) => {
            const [from, to] = [lists.offsets[row], lists.offsets[row + 1]];
            expect(alone[at].items).toEqual(lists.items.slice(from, to));
            expect(alone[at].scores).toEqual(lists.scores.slice(from, to));
          });
        }
      });

    if (Object.values(spec.inputs).some((port) => port.types[0] === 'model' && port.optional !== true))
      it('refuses a model without vectors', async () => {
        const blank = (value: Value | Value[]): Value | Value[] =>
          !Array.isArray(value) && value.type === 'model' ? { ...value, vectors: null } : value;
        const without = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, blank(value)]));
        await expect(run(component, without, split)).rejects.toMatchObject({ code: 'bad-board', where: 'model' });
      });

    it('does its work or refuses clearly on worlds of one user, one item, no events and nothing held out', async () => {
      const rows = [
        [0, 0, 1, 1],
        [0, 1, 2, 1],
        [0, 2, 3, 1],
      ] as const;
      const worlds = [
        splitOf(datasetOf(rows, { users: 1, items: 3 }), { train: [0], validation: [1], test: [2] }),
        splitOf(
          datasetOf(
            [
              [0, 0, 1, 1],
              [1, 0, 2, 1],
            ],
            { users: 2, items: 1 },
          ),
          { train: [0], test: [1] },
        ),
        splitOf(datasetOf([], { users: 2, items: 2 }), { train: [], test: [] }),
        splitOf(datasetOf(rows, { users: 1, items: 3 }), { train: [0, 1, 2], test: [] }),
      ];
      for (const world of worlds) {
        try {
          await run(component, sampleInputs(spec.inputs, world), world);
        } catch (thrown) {
          expect(thrown, (thrown as Error).stack).toBeInstanceOf(RunboardError);
          expect((thrown as RunboardError).code).not.toBe('internal');
        }
      }
    });

    if ('learningRate' in spec.params)
      it('stops with a clear failure when its loss diverges', async () => {
        const param = spec.params['learningRate'];
        const largest = param.kind === 'number' ? param.maximum : 1;
        const attempt = run(component, inputs, split, { params: { learningRate: 1e9 } });
        const outcome = await attempt.then(
          () => 'finished',
          (thrown: unknown) => (thrown instanceof RunboardError ? thrown.code : String(thrown)),
        );
        // A learner that cannot leave the numbers (boosting with a bounded leaf) may finish; none may give NaN or crash.
        expect(['diverged', 'finished'], `largest allowed: ${largest}`).toContain(outcome);
      });
  },
);
