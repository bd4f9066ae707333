// Files with odd names, files that may not be written, clocks that jump: it works, or is refused before anything is written.
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Call, Handlers } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { nodeFiles } from '#main/node/files.ts';
import { smallDesign } from '../../../test/support/small-design.ts';
import { Journals } from '../drafts/journals.ts';
import { handlersOn } from '../handlers.ts';
import { inputSchemas } from '../inputs.ts';
import { writeDesign } from './write.ts';

const call = {} as Call;
const design = smallDesign();
let folder: string;
let handlers: Handlers;

function portsOn(faults: Parameters<typeof nodeFiles>[0] = {}): Ports {
  const places = { workspace: join(folder, '.runboard'), templates: folder };
  return { files: nodeFiles(faults), places } as Partial<Ports> as Ports;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runboard odd ü '));
  handlers = handlersOn(portsOn());
});

const save = (path: string, changes: object = {}): Promise<{ digest: string }> =>
  handlers['designs.save']({ path, design, expectedDigest: null, ...changes }, call);

async function refusal(work: Promise<unknown>): Promise<RunboardError> {
  const thrown = await work.then(
    () => new Error('it was done'),
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(RunboardError);
  return thrown as RunboardError;
}

/** Names that Windows does not take. */
const elsewhere =
  process.platform === 'win32' ? [] : ['CON.runboard', 'a\nb.runboard', '<img src=x onerror=alert(1)>.runboard'];

describe('odd names', () => {
  it.each([
    ...elsewhere,
    'two words.runboard',
    'grün & 日本語 \u{1F600}.runboard',
    '-rf.runboard',
    '..runboard',
    `${'x'.repeat(255 - '.runboard'.length)}.runboard`,
    // As many bytes, in far fewer letters.
    `${'語'.repeat(82)}.runboard`,
    `${'\u{1F600}'.repeat(61)}.runboard`,
  ])('%j is saved, listed and opened', async (name) => {
    const path = join(folder, name);
    const { digest } = await save(path);
    expect(readdirSync(folder).filter((one) => one !== '.runboard')).toEqual([name]);
    expect((await handlers['designs.list'](undefined, call)).map((one) => one.path)).toEqual([path]);
    const opened = await handlers['designs.open']({ path }, call);
    expect({ ...opened, design: opened.design.title }).toEqual({
      path,
      design: 'Small',
      repairs: [],
      readOnly: null,
      digest,
    });
  });

  it.each([
    [`${'x'.repeat(256)}.runboard`, /name is too long/],
    ['missing/a.runboard', /no such file or folder/],
    ['plain.txt', /ends in \.runboard/],
    ['.', /ends in \.runboard/],
  ])('%j is refused, and nothing is written', async (name, words) => {
    expect((await refusal(save(join(folder, name)))).message).toMatch(words);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('no path has a NUL in it, wherever one may be given', () => {
    for (const method of ['designs.open', 'designs.save', 'datasets.import', 'drafts.begin'] as const) {
      const given = { id: 'aaaaaaaa-0001', path: 'a\0.runboard', design, expectedDigest: null, digest: null };
      const { success, error } = inputSchemas[method].safeParse({ ...given, format: 'csv', out: 'o.db', map: {} });
      expect(success).toBe(false);
      expect(error?.message).toContain('NUL');
    }
  });
});

describe('links', () => {
  it('that lead nowhere make room for the file; such as lead in a circle are refused and stay', async () => {
    const [real, link, loop] = ['real', 'link', 'loop'].map((name) => join(folder, `${name}.runboard`));
    symlinkSync(real, link);
    symlinkSync(loop, loop);
    await save(link);
    expect(existsSync(link)).toBe(true);
    expect((await handlers['designs.open']({ path: link }, call)).design.title).toBe('Small');
    expect((await refusal(handlers['designs.open']({ path: loop }, call))).message).toMatch(/lead in a circle/);
    expect((await refusal(save(loop))).message).toMatch(/lead in a circle/);
    expect(readlinkSync(loop)).toBe(loop);
  });
});

describe('a file that may not be written', () => {
  it('is opened read-only, is not replaced, and may be saved under another name', async () => {
    const path = join(folder, 'marked.runboard');
    const original = writeDesign(design);
    writeFileSync(path, original);
    chmodSync(path, 0o444);
    const opened = await handlers['designs.open']({ path }, call);
    expect(opened.readOnly).toBe('the file is marked read-only; save it under another name to change it');
    const changed = { design: { ...design, title: 'Changed' } };
    const failure = await refusal(save(path, { expectedDigest: opened.digest, ...changed }));
    expect(failure).toMatchObject({ where: path, remedy: 'save under another name' });
    expect(await refusal(save(path, { replace: true, ...changed }))).toBeInstanceOf(RunboardError);
    expect(readFileSync(path, 'utf8')).toBe(original);
    const other = join(folder, 'other.runboard');
    await save(other, changed);
    expect((await handlers['designs.open']({ path: other }, call)).readOnly).toBeNull();
  });

  it.each([
    ['file', 'EACCES', /the file may not be written by you/],
    ['folder', 'EACCES', /its folder may not be written to by you/],
    ['folder', 'EROFS', /the disk is read-only/],
  ])('because of its %s (%s)', async (what, code, words) => {
    const path = join(folder, 'a.runboard');
    writeFileSync(path, writeDesign(design));
    const closed = what === 'file' ? path : folder;
    const access = async (place: string): Promise<void> => {
      if (place === closed) throw Object.assign(new Error(code), { code });
    };
    const opened = await handlersOn(portsOn({ access }))['designs.open']({ path }, call);
    expect(opened.readOnly).toMatch(words);
  });
});

describe('a slow disk', () => {
  const path = (): string => join(folder, 'slow.runboard');
  /** A disk that has the new file in its place long before it says so. */
  function slowly(): { handlers: Handlers; renamed: Promise<void>; goOn(): void } {
    const [renamed, waits] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const rename = async (from: string, to: string): Promise<void> => {
      renameSync(from, to);
      if (to !== path()) return;
      renamed.resolve();
      await waits.promise;
    };
    return { handlers: handlersOn(portsOn({ rename })), renamed: renamed.promise, goOn: () => waits.resolve() };
  }
  const titled = (title: string) => ({ ...design, title });

  it('that is told to save again before it has answered has the later one, and no change by something else', async () => {
    const { digest } = await save(path());
    const { handlers: slow, renamed, goOn } = slowly();
    const again = (title: string): Promise<{ digest: string }> =>
      slow['designs.save']({ path: path(), design: titled(title), expectedDigest: digest }, call);
    const [first, second] = [again('first'), renamed.then(() => again('second'))];
    await renamed;
    await new Promise((resolve) => setTimeout(resolve, 20));
    goOn();
    await first;
    const last = await second;
    expect(readFileSync(path(), 'utf8')).toBe(writeDesign(titled('second')));
    expect((await slow['designs.open']({ path: path() }, call)).digest).toBe(last.digest);
    // Who comes when both are done, with what there was before, is told.
    expect((await refusal(again('third'))).message).toMatch(/changed by something else/);
  });

  it('does not hide what something else wrote in between', async () => {
    const { digest } = await save(path());
    const { handlers: slow, renamed, goOn } = slowly();
    const again = (title: string): Promise<{ digest: string }> =>
      slow['designs.save']({ path: path(), design: titled(title), expectedDigest: digest }, call);
    const first = again('first');
    await renamed;
    const second = again('second');
    writeFileSync(path(), writeDesign(titled('theirs')));
    goOn();
    await first;
    expect((await refusal(second)).message).toMatch(/changed by something else/);
    expect(readFileSync(path(), 'utf8')).toContain('theirs');
  });
});

describe('a clock that is set back', () => {
  it('changes no order, and keeps nobody from restore points', async () => {
    let now = Date.parse('2026-06-01T12:00:00Z');
    const journals = new Journals(portsOn(), () => now);
    const id = 'aaaaaaaa-0001';
    const point = async (): Promise<number> =>
      (await handlers['restorePoints.list']({ path: null, draft: id }, call)).length;
    await journals.begin(id, { path: null, digest: null, design });
    expect(await point()).toBe(1);
    now -= 30 * 86_400_000;
    for (const [after, value] of ['one', 'two', 'three'].entries()) {
      expect(await journals.append(id, after, [{ op: 'set', path: ['title'], value }])).toBe(true);
      now -= 3_600_000;
    }
    expect((await journals.read(id)).journal?.design.title).toBe('three');
    expect(await point()).toBeGreaterThan(1);
  });
});
