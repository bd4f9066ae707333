import type { ComponentSpec, RunnableComponent } from '../../shared/contract/component.ts';
import type { Params } from '../../shared/contract/params.ts';
import type { PortType } from '../../shared/contract/values.ts';
import { checkerboard } from './small-worlds.ts';

/** A spec with ports of the given types, for tests of the engine: input ports are named after their type. */
export function toySpec(
  id: string,
  inputs: readonly PortType[],
  outputs: readonly PortType[],
  more: Partial<ComponentSpec> = {},
): ComponentSpec {
  return {
    id,
    version: 1,
    stage: 'data',
    kind: 'toy',
    title: id,
    summary: '',
    icon: 'box',
    inputs: Object.fromEntries(inputs.map((type) => [type, { types: [type], title: type, help: '' }])),
    outputs: Object.fromEntries(outputs.map((type) => [type, { type, title: type }])),
    params: {},
    references: [],
    cost: '',
    ...more,
  };
}

export const amount: Params = {
  amount: { kind: 'number', title: 'Amount', help: 'Any number.', default: 1, minimum: 0, maximum: 10 },
};

/** A chain of toys: split-maker → passer → taker, on the checkerboard. `calls` records what ran. */
export function toys(calls: string[]): {
  specs: Record<string, ComponentSpec>;
  components: Record<string, RunnableComponent>;
} {
  const specs: Record<string, ComponentSpec> = {
    maker: toySpec('maker', [], ['split'], { params: amount }),
    passer: toySpec('passer', ['split'], ['split'], { params: amount }),
    joiner: toySpec('joiner', [], ['split'], {
      inputs: { splits: { types: ['split'], title: 'Splits', help: '', many: true } },
    }),
    breaker: toySpec('breaker', ['split'], ['split']),
    lister: toySpec('lister', ['split'], ['list']),
  };
  const components: Record<string, RunnableComponent> = {
    maker: {
      spec: specs['maker'],
      apply: (_, __, ___, context) => (calls.push(context.nodeId), { split: checkerboard() }),
    },
    passer: {
      spec: specs['passer'],
      apply: (_, inputs, __, context) => (
        context.progress(0.5),
        calls.push(context.nodeId),
        { split: inputs['split'] }
      ),
    },
    joiner: {
      spec: specs['joiner'],
      apply: (_, inputs, __, context) => (
        calls.push(`${context.nodeId} of ${(inputs['splits'] as unknown[]).length}`),
        { split: (inputs['splits'] as unknown[])[0] }
      ),
    },
    breaker: {
      spec: specs['breaker'],
      apply() {
        throw new Error('broken on purpose');
      },
    },
  };
  return { specs, components };
}
