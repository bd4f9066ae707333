import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Artefacts } from './artefacts.ts';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'runboard-artefacts-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const blobs = (): string[] => globSync('artefacts/blobs/*/*', { cwd: workspace }).map((file) => join(workspace, file));

it('gives back what it kept, and keeps equal arrays once', () => {
  const artefacts = new Artefacts(workspace);
  const value = { a: Float32Array.of(1, 2, NaN), b: [Float32Array.of(1, 2, NaN)], c: 'text', d: null };
  const { digest } = artefacts.keep('key', value, 1e9);
  expect(artefacts.load('key', digest as string)).toEqual(value);
  expect(blobs()).toHaveLength(1);
});

it.each([
  ['a flipped bit in an array', () => blobs()[0]],
  ['a flipped bit in the description', () => join(workspace, 'artefacts/values/key.json')],
])('notices %s: set aside, counted as not kept', (_, file) => {
  const artefacts = new Artefacts(workspace);
  const { digest } = artefacts.keep('key', { a: Int32Array.of(1, 2, 3) }, 1e9);
  const bytes = readFileSync(file());
  bytes[5] ^= 1;
  writeFileSync(file(), bytes);
  expect(artefacts.load('key', digest as string)).toBeUndefined();
  expect(globSync('artefacts/**/*.damaged', { cwd: workspace }).length).toBeGreaterThan(0);
  const again = artefacts.keep('key', { a: Int32Array.of(1, 2, 3) }, 1e9);
  expect(artefacts.load('key', again.digest as string)).toEqual({ a: Int32Array.of(1, 2, 3) });
});

it('sets every damaged array of a value aside at once, so that keeping it again makes it whole', () => {
  const artefacts = new Artefacts(workspace);
  const value = { a: Int32Array.of(1, 2, 3), b: Float64Array.of(4, 5), c: Float32Array.of(6) };
  const { digest } = artefacts.keep('key', value, 1e9);
  for (const file of blobs()) {
    const bytes = readFileSync(file);
    bytes[1] ^= 1;
    writeFileSync(file, bytes);
  }
  expect(artefacts.load('key', digest as string)).toBeUndefined();
  expect(blobs().every((file) => file.endsWith('.damaged'))).toBe(true);
  const again = artefacts.keep('key', value, 1e9);
  expect(artefacts.load('key', again.digest as string)).toEqual(value);
});

it('does not keep what is larger than asked for', () => {
  const artefacts = new Artefacts(workspace);
  expect(artefacts.keep('key', new Float64Array(1000), 1000).digest).toBeNull();
  expect(existsSync(join(workspace, 'artefacts/values/key.json'))).toBe(false);
  expect(readdirSync(join(workspace, 'artefacts/values'))).toEqual([]);
});
