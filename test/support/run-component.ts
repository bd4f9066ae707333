import { componentPorts } from '../../main/engine-process/component-ports.ts';
import type { RunnableComponent } from '../../shared/contract/component.ts';
import type { StoredParams } from '../../shared/contract/params.ts';
import type { Candidates, Plain, Split, Value } from '../../shared/contract/values.ts';
import { putTogether, takeApart } from '../../shared/values/bundle.ts';
import { type TestContext, testContext } from './context.ts';
import { defaultParams } from './default-params.ts';

export type Inputs = Record<string, Value | Value[]>;
export type Outputs = Record<string, Value>;

export interface Attempt {
  readonly seed?: number;
  readonly cancelAfter?: number;
  /** Changes to the defaults. */
  readonly params?: StoredParams;
  /** Applies this state; nothing is fitted. */
  readonly state?: Plain;
}

export interface Outcome {
  readonly outputs: Outputs;
  readonly state: Plain;
  readonly said: TestContext['said'];
  /** Applies the same state to other inputs. */
  again(inputs: Inputs): Promise<Outputs>;
}

/** Fits and applies any component of the catalogue, as the engine does, with the ports of the product. */
export async function runComponent(
  component: RunnableComponent,
  inputs: Inputs,
  split: Split,
  attempt: Attempt = {},
): Promise<Outcome> {
  const context = testContext({
    seed: attempt.seed,
    cancelAfter: attempt.cancelAfter,
    ports: { ...componentPorts(null), dataset: async () => split.dataset },
  });
  const params = { ...defaultParams(component.spec.params), ...attempt.params };
  const state = attempt.state ?? ((await component.fit?.(inputs, params, context)) as Plain) ?? null;
  const apply = async (given: Inputs): Promise<Outputs> => {
    const ready = component.open === undefined ? state : await component.open(state, given, params, context);
    try {
      return (await component.apply(ready, given, params, context)) as Outputs;
    } finally {
      component.close?.(ready);
    }
  };
  return { outputs: await apply(inputs), state, again: apply, said: context.said };
}

/** A value as text and blobs: equal values, equal texts. */
export function fingerprint(value: unknown): string {
  const { json } = takeApart(value as Plain, (bytes) => {
    let sum = 2166136261;
    for (const byte of bytes) sum = Math.imul(sum ^ byte, 16777619);
    return `${bytes.length}:${sum >>> 0}`;
  });
  return json;
}

/** A state as it comes back from the workspace. */
export function storedAndLoaded(state: Plain): Plain {
  const blobs = new Map<string, Uint8Array>();
  const { json } = takeApart(state, (bytes) => {
    blobs.set(String(blobs.size), bytes.slice());
    return String(blobs.size - 1);
  });
  return putTogether(json, (name) => blobs.get(name) as Uint8Array);
}

/** The lists among the outputs of a component. */
export function listsOf(outputs: Outputs): Candidates[] {
  return Object.values(outputs).filter(
    (value): value is Candidates => value.type === 'candidates' || value.type === 'list',
  );
}
