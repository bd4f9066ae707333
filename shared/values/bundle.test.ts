import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Plain } from '#shared/contract/values.ts';
import { putTogether, takeApart } from './bundle.ts';

function roundTrip(value: Plain): { back: Plain; blobs: number } {
  const kept = new Map<string, Uint8Array>();
  const { json, blobs } = takeApart(value, (bytes) => {
    const name = Buffer.from(bytes).toString('hex').slice(0, 64) + bytes.byteLength;
    kept.set(name, bytes.slice());
    return name;
  });
  return { back: putTogether(json, (name) => kept.get(name) as Uint8Array), blobs: blobs.length };
}

it('gives back any plain value exactly', () => {
  const leaf = fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.float32Array(),
    fc.float64Array(),
    fc.int32Array(),
    fc.uint8Array(),
    fc.array(fc.string({ unit: 'binary' }), { minLength: 64, maxLength: 80 }),
  );
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.oneof(fc.string(), fc.constant('$')).filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    ),
  })).value;
  fc.assert(
    fc.property(tree, (value) => {
      // JSON knows one zero; so does the product.
      expect(isDeepStrictEqual(roundTrip(value as Plain).back, withoutMinusZero(value as Plain))).toBe(true);
    }),
  );
});

function withoutMinusZero(value: Plain): Plain {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(withoutMinusZero);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutMinusZero(one as Plain)]));
}

it('keeps equal arrays once, and gives the same object back for both', () => {
  const array = Float32Array.of(1, 2, 3);
  const { back, blobs } = roundTrip({ a: array, b: [array] });
  expect(blobs).toBe(1);
  expect((back as { a: unknown }).a).toBe((back as { b: unknown[] }).b[0]);
});

it('keeps long lists of strings exactly, lone surrogates and all', () => {
  const strings = Array.from({ length: 100 }, (_, i) => `${i} \ud800 é 🎬`);
  expect(roundTrip(strings).back).toEqual(strings);
});
