// What every component must satisfy, run over the whole catalogue: a new component is held to it by being there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { componentPorts } from '../../main/engine-process/component-ports.ts';
import { catalogue } from '../../shared/components/catalogue.generated.ts';
import { specs } from '../../shared/components/specs.generated.ts';
import type { ComponentSpec, RunnableComponent } from '../../shared/contract/component.ts';
import { stages } from '../../shared/contract/component.ts';
import { RunboardError } from '../../shared/contract/failure.ts';
import { kinds } from '../../shared/contract/kinds.ts';
import { paramFault, type StoredParams } from '../../shared/contract/params.ts';
import type { Candidates, Plain, Split, Value } from '../../shared/contract/values.ts';
import { putTogether, takeApart } from '../../shared/values/bundle.ts';
import { hiddenItems } from '../../shared/values/history.ts';
import { candidatesFor, splitFor } from '../../shared/values/requests.ts';
import { noExamples } from '../../shared/values/no-examples.ts';
import { testContext } from '../support/context.ts';
import { sampleInputs } from '../support/sample-values.ts';
import { checkerboard, datasetOf, splitOf } from '../support/small-worlds.ts';

type Inputs = Record<string, Value | Value[]>;
type Outputs = Record<string, Value>;

const folder = join(import.meta.dirname, '../../shared/components');
const all = Object.values(specs);

function defaults(spec: ComponentSpec, changes: StoredParams = {}): StoredParams {
  return {
    ...Object.fromEntries(Object.entries(spec.params).map(([name, param]) => [name, param.default])),
    ...changes,
  };
}

interface Attempt {
  readonly seed?: number;
  readonly cancelAfter?: number;
  readonly params?: StoredParams;
  readonly state?: Plain;
}

async function run(
  component: RunnableComponent,
  inputs: Inputs,
  split: Split,
  attempt: Attempt = {},
): Promise<{ outputs: Outputs; state: Plain; again(inputs: Inputs): Promise<Outputs>; heard: number }> {
  const context = testContext({
    seed: attempt.seed,
    cancelAfter: attempt.cancelAfter,
    ports: { ...componentPorts(null), dataset: async () => split.dataset },
  });
  const params = defaults(component.spec, attempt.params);
  const state = attempt.state ?? ((await component.fit?.(inputs, params, context)) as Plain) ?? null;
  const apply = async (given: Inputs): Promise<Outputs> => {
    const ready = component.open === undefined ? state : await component.open(state, given, params, context);
    try {
      return (await component.apply(ready, given, params, context)) as Outputs;
    } finally {
      component.close?.(ready);
    }
  };
  return { outputs: await apply(inputs), state, again: apply, heard: context.said.progress };
}

/** A value as text and blobs: equal values, equal texts. */
function fingerprint(value: unknown): string {
  const names: string[] = [];
  const { json } = takeApart(value as Plain, (bytes) => {
    let sum = 2166136261;
    for (const byte of bytes) sum = Math.imul(sum ^ byte, 16777619);
    names.push(`${bytes.length}:${sum >>> 0}`);
    return names[names.length - 1];
  });
  return json;
}

function listsOf(outputs: Outputs): Candidates[] {
  return Object.values(outputs).filter(
    (value): value is Candidates => value.type === 'candidates' || value.type === 'list',
  );
}

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

describe.each(all.map((spec) => [spec.id, spec] as const))('%s: what it says of itself', (id, spec) => {
  const place = join(folder, spec.stage, id);

  it('lies in the folder of its stage and name, with all four files', () => {
    expect(stages).toContain(spec.stage);
    for (const file of ['spec.ts', 'run.ts', 'run.test.ts', 'doc.md'])
      expect(existsSync(join(place, file)), file).toBe(true);
    expect(Object.keys(kinds)).toContain(spec.kind);
  });

  it('has defaults within their ranges, and a title and a sentence for everything', () => {
    for (const [name, param] of Object.entries(spec.params)) {
      expect(paramFault(param, param.default), name).toBeNull();
      expect(param.title.length, name).toBeGreaterThan(0);
      expect(param.help, name).toMatch(/\S+ \S+/);
    }
    for (const port of Object.values(spec.inputs)) expect(port.help.length).toBeGreaterThan(5);
    expect(spec.summary).toMatch(/\.$/);
    expect(spec.cost.length).toBeGreaterThan(0);
  });

  it('has help under the fixed headings that names every parameter', () => {
    const doc = readFileSync(join(place, 'doc.md'), 'utf8');
    for (const heading of ['When to use', 'How it works', 'Parameters', 'How it fails', 'In production'])
      expect(doc).toContain(`## ${heading}`);
    for (const name of Object.keys(spec.params)) expect(doc, `parameter ${name}`).toContain(`\`${name}\``);
  });
});

// Online components simulate whole policies; their own tests hold them to more than this.
describe.each(all.filter((spec) => spec.stage !== 'online').map((spec) => [spec.id, spec] as const))(
  '%s: what it does',
  (id, spec) => {
    let component: RunnableComponent;
    const split = checkerboard();
    const inputs = sampleInputs(spec.inputs, split);

    beforeAll(async () => {
      component = await catalogue[id]();
    });

    it('gives what its ports promise, the same for the same seed, and changes no input', async () => {
      const before = fingerprint(inputs);
      const first = await run(component, inputs, split);
      for (const [port, { type }] of Object.entries(spec.outputs)) expect(first.outputs[port]?.type, port).toBe(type);
      expect(fingerprint((await run(component, inputs, split)).outputs)).toBe(fingerprint(first.outputs));
      expect(fingerprint(inputs)).toBe(before);
    });

    it('gives the same after its state was stored and loaded', async () => {
      const first = await run(component, inputs, split);
      const blobs = new Map<string, Uint8Array>();
      const { json } = takeApart(first.state, (bytes) => {
        blobs.set(String(blobs.size), bytes.slice());
        return String(blobs.size - 1);
      });
      const loaded = putTogether(json, (name) => blobs.get(name) as Uint8Array);
      expect(fingerprint((await run(component, inputs, split, { state: loaded })).outputs)).toBe(
        fingerprint(first.outputs),
      );
    });

    it('stops when it is cancelled', async () => {
      const { heard } = await run(component, inputs, split);
      expect(heard).toBeGreaterThan(0);
      await expect(run(component, inputs, split, { cancelAfter: Math.floor(heard / 2) })).rejects.toMatchObject({
        code: 'cancelled',
      });
    });

    if (isStage(spec, 'retrieval', 'ranking', 'reranking'))
      it('gives lists of different, known, open items with finite scores', async () => {
        for (const lists of listsOf((await run(component, inputs, split)).outputs)) {
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
      it('keeps to the items it was given', async () => {
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
        for (const lists of listsOf((await run(component, inputs, split)).outputs)) {
          for (let r = 0; r < lists.requests.user.length; r++) {
            const items = lists.items.subarray(lists.offsets[r], lists.offsets[r + 1]);
            expect([...items].filter((item) => !given.get(r)?.has(item))).toEqual([]);
          }
        }
      });

    if (isStage(spec, 'retrieval', 'ranking', 'reranking'))
      it('answers a request alone as among others', async () => {
        const whole = await run(component, inputs, split);
        for (const row of [0, 7, split.requests.user.length - 1]) {
          const alone = listsOf(await whole.again(onlyRow(inputs, row)));
          listsOf(whole.outputs).forEach((lists, at) => {
            const from = lists.offsets[row];
            const to = lists.offsets[row + 1];
            expect([...alone[at].items]).toEqual([...lists.items.subarray(from, to)]);
            expect(alone[at].scores.length).toBe(to - from);
            alone[at].scores.forEach((score, i) => expect(score).toBeCloseTo(lists.scores[from + i], 4));
          });
        }
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
        const attempt = run(component, inputs, split, { params: { ...defaults(spec), learningRate: 1e9 } });
        const outcome = await attempt.then(
          () => 'finished',
          (thrown: unknown) => (thrown instanceof RunboardError ? thrown.code : String(thrown)),
        );
        // A learner that cannot leave the numbers (boosting with a bounded leaf) may finish; none may give NaN or crash.
        expect(['diverged', 'finished'], `largest allowed: ${largest}`).toContain(outcome);
      });
  },
);

describe('what the checkerboard teaches', () => {
  const learners = all.filter(
    (spec) =>
      (spec.stage === 'retrieval' &&
        (specs[spec.id].inputs['split']?.types[0] ?? '') === 'split' &&
        !['random', 'popularity'].includes(spec.id)) ||
      (spec.stage === 'ranking' && spec.id !== 'calibrator'),
  );

  it.each(learners.map((spec) => [spec.id]))('%s puts items of the own parity first', async (id) => {
    const component = await catalogue[id]();
    const split = checkerboard(40, 24);
    const { outputs } = await run(component, sampleInputs(specs[id].inputs, split), split);
    const [lists] = listsOf(outputs);
    let right = 0;
    let asked = 0;
    for (let r = 0; r < lists.requests.user.length; r++) {
      if (lists.requests.part[r] !== 2 || lists.offsets[r] === lists.offsets[r + 1]) continue;
      asked++;
      if ((lists.items[lists.offsets[r]] + lists.requests.user[r]) % 2 === 0) right++;
    }
    expect(asked).toBeGreaterThan(30);
    expect(right / asked).toBeGreaterThanOrEqual(0.9);
  });
});
