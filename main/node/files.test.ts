import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RunboardError } from '../../shared/contract/failure.ts';
import { nodeFiles } from './files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runboard-files-'));
});

const files = nodeFiles();

async function failureOf(promise: Promise<unknown>): Promise<RunboardError> {
  const thrown = await promise.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(RunboardError);
  return thrown as RunboardError;
}

describe('saving', () => {
  it('replaces the whole file, leaves nothing beside it, and answers the digest that reading gives', async () => {
    const path = join(folder, 'a b ü.runboard');
    await files.save(path, 'old');
    const { digest } = await files.save(path, 'new ü');
    expect(readFileSync(path, 'utf8')).toBe('new ü');
    expect(readdirSync(folder)).toEqual(['a b ü.runboard']);
    expect((await files.read(path, 100)).digest).toBe(digest);
    expect(await files.digest(path)).toBe(digest);
  });

  it('keeps mode bits and follows a link', async () => {
    const real = join(folder, 'real');
    mkdirSync(real);
    const target = join(real, 'x.runboard');
    writeFileSync(target, 'old');
    chmodSync(target, 0o640);
    const link = join(folder, 'link.runboard');
    symlinkSync(target, link);
    await files.save(link, 'new');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(statSync(target).mode & 0o777).toBe(0o640);
  });

  it.each(['write', 'rename'] as const)(
    'leaves the old file byte-identical when the disk is full at %s',
    async (step) => {
      const path = join(folder, 'x.runboard');
      writeFileSync(path, 'old bytes');
      const full = (): Promise<never> => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
      const broken = nodeFiles({
        write: async (handle, bytes) => {
          await handle.writeFile(bytes.subarray(0, 2));
          if (step === 'write') await full();
        },
        rename: full,
      });
      const failure = await failureOf(broken.save(path, 'new and longer'));
      expect(failure.code).toBe('disk');
      expect(failure.message).toMatch(/disk is full, [\d.]+ MiB free; the file is as it was/);
      expect(readFileSync(path, 'utf8')).toBe('old bytes');
      expect(readdirSync(folder)).toEqual(['x.runboard']);
      await files.save(path, 'again');
      expect(readFileSync(path, 'utf8')).toBe('again');
    },
  );

  it('meets a really full disk at /dev/full', async () => {
    if (!existsSync('/dev/full')) return;
    const path = join(folder, 'x.runboard');
    writeFileSync(path, 'old bytes');
    const { open } = await import('node:fs/promises');
    const broken = nodeFiles({
      write: async (_, bytes) => {
        const handle = await open('/dev/full', 'w');
        try {
          await handle.writeFile(bytes);
        } finally {
          await handle.close();
        }
      },
      rename: () => Promise.resolve(),
    });
    expect((await failureOf(broken.save(path, 'new'))).code).toBe('disk');
    expect(readFileSync(path, 'utf8')).toBe('old bytes');
  });

  it('refuses a folder and a place that is not there', async () => {
    expect((await failureOf(files.save(folder, 'x'))).message).toMatch('this is a folder');
    expect((await failureOf(files.save(join(folder, 'no/x.runboard'), 'x'))).code).toBe('not-found');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes names as long as the file system does', async () => {
    const name = `${'n'.repeat(246)}.runboard`;
    await files.save(join(folder, name), 'x');
    expect(readdirSync(folder)).toEqual([name]);
    expect((await failureOf(files.save(join(folder, 'n'.repeat(300)), 'x'))).message).toBe('the name is too long');
  });
});

describe('reading', () => {
  it.each([
    [Buffer.from('SQLite format 3\0\xff\xfe', 'latin1'), /SQLite database/],
    [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), /PNG/],
    [Buffer.from('\ufeff{"a":1}', 'utf16le'), /UTF-16/],
    [Buffer.from([0x7b, 0xff, 0x7d]), /not text in UTF-8$/],
  ])('says what %#. is instead of text', async (bytes, message) => {
    const path = join(folder, 'x.runboard');
    writeFileSync(path, bytes);
    const failure = await failureOf(files.read(path, 1000));
    expect(failure.code).toBe('bad-input');
    expect(failure.message).toMatch(message);
  });

  it('names what is missing, what is a folder and what is too large', async () => {
    expect((await failureOf(files.read(join(folder, 'no'), 10))).code).toBe('not-found');
    expect((await failureOf(files.read(folder, 10))).message).toMatch('folder');
    writeFileSync(join(folder, 'big'), 'x'.repeat(11));
    expect((await failureOf(files.read(join(folder, 'big'), 10))).code).toBe('too-large');
    expect((await failureOf(files.read(join(folder, 'big/x'), 10))).code).toBe('not-found');
  });

  it('lists by name and ending, and nothing of a folder that is not there', async () => {
    for (const name of ['b.runboard', 'a.runboard', 'c.txt']) writeFileSync(join(folder, name), name);
    expect((await files.list(folder, '.runboard')).map((entry) => entry.name)).toEqual(['a.runboard', 'b.runboard']);
    expect(await files.list(join(folder, 'no'), '.runboard')).toEqual([]);
  });
});
