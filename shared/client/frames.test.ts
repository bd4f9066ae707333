import fc from 'fast-check';
import { expect, it } from 'vitest';
import { framesOf, Reassembly } from './frames.ts';

const mebibyte = 1024 * 1024;
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

function throughWire(frames: readonly string[], limit = 96 * mebibyte): unknown[] {
  const reassembly = new Reassembly(limit);
  const wire = (frame: string): string => new TextDecoder().decode(new TextEncoder().encode(frame));
  return frames.map((frame) => reassembly.take(wire(frame)));
}

it.each([
  ['ASCII', 'x'],
  ['three bytes a letter', '\u2028'],
  ['letters of two halves', '𝒳'],
  ['letters of two halves, shifted by one', 'x', '𝒳'],
])('no frame is longer than 1 MiB, and nothing is lost: %s', (_, first, rest = first) => {
  const text = JSON.stringify({ first, long: rest.repeat(3 * mebibyte) });
  const frames = framesOf(text);
  expect(frames.length).toBeGreaterThan(3);
  for (const frame of frames) expect(bytesOf(frame)).toBeLessThanOrEqual(mebibyte);
  const taken = throughWire(frames);
  expect(taken.slice(0, -1).every((one) => one === null)).toBe(true);
  expect((taken.at(-1) as { text: string }).text === text).toBe(true);
});

it('a short message is one frame, whatever it says', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(framesOf(`{"x":${json}}`)).toEqual([`{"x":${json}}`]);
    }),
  );
});

it('messages of every length arrive in order', () => {
  const lengths = [1, 327_679, 327_680, 327_681, 655_360, 655_361, 5];
  const texts = lengths.map((length, at) => `{${String(at).repeat(length)}`);
  const got = throughWire(texts.flatMap(framesOf)).filter((one) => one !== null);
  expect(got.map((one) => (one as { text: string }).text === texts.shift())).toEqual(lengths.map(() => true));
});

it('holds no more than the limit of a message that does not end', () => {
  const reassembly = new Reassembly(1_000);
  for (let i = 0; i < 10; i++) expect(reassembly.take(`+${'x'.repeat(100)}`)).toBeNull();
  expect(reassembly.take('+x')).toBe('too-long');
  expect(reassembly.take('.ok')).toEqual({ text: 'ok' });
});

it('hands on what is no message as it came, for those who refuse it', () => {
  expect(throughWire(['', 'null', '.', '+', '.{'])).toEqual([
    { text: '' },
    { text: 'null' },
    { text: '' },
    null,
    { text: '{' },
  ]);
});
