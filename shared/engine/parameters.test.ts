import { describe, expect, it } from 'vitest';
import type { Node } from '#shared/contract/design.ts';
import { amount, toySpec } from '../../test/support/toy-components.ts';
import { withSettings } from './parameters.ts';

const specs = { maker: toySpec('maker', [], ['split'], { params: amount }) };
const nodes = [
  { id: 'a.b', kind: 'toy', binding: { component: 'maker', version: 1, params: { amount: 2 } } },
  { id: 'drawn', kind: 'toy' },
] as unknown as readonly Node[];

describe('settings by text', () => {
  it('replace one parameter of one node, whose id may hold dots, and leave the given nodes as they were', () => {
    const [changed, drawn] = withSettings(nodes, specs, { 'a.b.amount': '7.5' });
    expect(changed.binding?.params).toEqual({ amount: 7.5 });
    expect(drawn).toBe(nodes[1]);
    expect(nodes[0].binding?.params).toEqual({ amount: 2 });
  });

  it.each([
    ['amount', 'no node ""'],
    ['c.amount', 'no node "c"'],
    ['drawn.amount', 'drawn is drawn only'],
    ['a.b.amout', 'maker has no parameter amout'],
    ['a.b.toString', 'maker has no parameter toString'],
  ])('name what is wrong with %s', (key, what) => {
    expect(() => withSettings(nodes, specs, { [key]: '1' })).toThrow(what);
  });
});
