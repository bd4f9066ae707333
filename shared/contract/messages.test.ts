import { describe, expect, it } from 'vitest';
import { asMessage } from './messages.ts';

describe('what comes over a line', () => {
  it('is taken as it was sent', () => {
    const sent = [
      { kind: 'request', id: 0, method: 'runs.list', input: { a: 1 } },
      { kind: 'cancel', id: 7 },
      { kind: 'answer', id: 7, output: null },
      { kind: 'event', event: 'run', payload: [1] },
      { kind: 'failure', id: 2, failure: { code: 'disk', what: 'full', where: '/a', remedy: 'make room', stack: 's' } },
      { kind: 'failure', id: 2, failure: { code: 'disk', what: 'full' } },
    ];
    expect(sent.map(asMessage)).toEqual(sent);
  });

  it('loses what does not belong to it', () => {
    expect(asMessage({ kind: 'cancel', id: 1, method: 'x', more: true })).toEqual({ kind: 'cancel', id: 1 });
    expect(asMessage({ kind: 'failure', id: 1, failure: { code: 'disk', what: 'full', more: 1 } })).toEqual({
      kind: 'failure',
      id: 1,
      failure: { code: 'disk', what: 'full' },
    });
  });

  it('is refused where anything in it is not what it must be', () => {
    const bad: readonly unknown[] = [
      null,
      undefined,
      1,
      'text',
      [],
      {},
      { id: 1 },
      { kind: 'other', id: 1 },
      ...[-1, 1.5, '1', Number.NaN, 2 ** 53, undefined].map((id) => ({ kind: 'cancel', id })),
      ...['', 'x'.repeat(101), 3, undefined].map((method) => ({ kind: 'request', id: 1, method })),
      ...['', 'x'.repeat(101), null].map((event) => ({ kind: 'event', event, payload: 1 })),
      ...[
        undefined,
        null,
        [],
        { code: 'no such', what: 'x' },
        { code: 'disk' },
        { code: 'disk', what: 'x', where: 1 },
      ].map((failure) => ({ kind: 'failure', id: 1, failure })),
    ];
    expect(bad.map(asMessage)).toEqual(bad.map(() => null));
  });
});
