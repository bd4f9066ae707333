// The power goes at any moment, and the file system has put off whatever was not flushed, in whatever order it liked: a
// saved file is the old one or the new one, and a journal has every change that was answered.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeFiles } from '../../main/node/files.ts';
import type { Call, Handlers } from '../../shared/contract/methods.ts';
import type { Ports } from '../../shared/contract/ports.ts';
import { readJournal } from '../../shared/services/drafts/journal.ts';
import { handlersOn } from '../../shared/services/handlers.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { foundAt, stepsOf } from '../support/disk-log.ts';
import { smallDesign } from '../support/small-design.ts';

vi.mock('node:fs/promises', async (original) => {
  const { logged } = await import('../support/disk-log.ts');
  return logged(await original());
});

const call = {} as Call;
const id = 'aaaaaaaa-0001';
let folder: string;
let handlers: Handlers;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runboard-power-'));
  const places = { workspace: join(folder, '.runboard'), templates: folder };
  handlers = handlersOn({ files: nodeFiles(), places } as Partial<Ports> as Ports);
});

describe('a design that is saved', () => {
  const design = (title: string) => smallDesign({ title });
  const path = (): string => join(folder, 'a.runboard');
  const save = (title: string, expectedDigest: string | null): Promise<{ digest: string }> =>
    handlers['designs.save']({ path: path(), design: design(title), expectedDigest }, call);

  it('is the old one or the new one at every moment, and the new one once that was said', async () => {
    const { digest } = await save('old', null);
    const [old, next] = [readFileSync(path()), Buffer.from(writeDesign(design('new')))];
    const taken = await stepsOf(() => save('new', digest));
    expect(readFileSync(path()).equals(next)).toBe(true);
    let kept = 0;
    for (let moment = 0; moment <= taken.length; moment++)
      for (const found of foundAt(path(), old, taken.slice(0, moment))) {
        expect(
          [old, next].some((one) => found?.equals(one)),
          `after ${moment} of ${taken.length} steps`,
        ).toBe(true);
        kept++;
      }
    expect(foundAt(path(), old, taken)).toEqual([next]);
    // It was looked at more than once at each moment: some things could have gone either way.
    expect(kept).toBeGreaterThan(taken.length + 1);
  });

  it('is not there, or whole, where there was none', async () => {
    const taken = await stepsOf(() => save('first', null));
    const next = Buffer.from(writeDesign(design('first')));
    for (let moment = 0; moment <= taken.length; moment++)
      for (const found of foundAt(path(), null, taken.slice(0, moment)))
        expect(found === null || found.equals(next), `after ${moment} of ${taken.length} steps`).toBe(true);
    expect(foundAt(path(), null, taken)).toEqual([next]);
  });
});

describe('a journal', () => {
  const file = (): string => join(folder, '.runboard/drafts', `${id}.journal`);
  const begin = (): Promise<unknown> =>
    handlers['drafts.begin']({ id, path: null, digest: null, design: smallDesign() }, call);
  const append = (after: number): Promise<unknown> =>
    handlers['drafts.append'](
      { id, after, changes: [{ op: 'set', path: ['title'], value: `title ${after + 1}` }] },
      call,
    );

  it('has every change that was answered, and is whole up to there', async () => {
    await begin();
    for (let answered = 0; answered < 5; answered++) {
      const before = readFileSync(file());
      const taken = await stepsOf(() => append(answered));
      for (let moment = 0; moment <= taken.length; moment++)
        for (const found of foundAt(file(), before, taken.slice(0, moment))) {
          const read = readJournal(String(found));
          expect([answered, answered + 1], `after ${moment} of ${taken.length} steps`).toContain(read?.sequence);
          expect(read?.lost).toBe(0);
        }
      for (const found of foundAt(file(), before, taken))
        expect(readJournal(String(found))?.sequence).toBe(answered + 1);
    }
  });

  it('is there from the moment that its beginning was answered', async () => {
    const taken = await stepsOf(begin);
    const flushed = new Set(taken.flatMap((step) => (step.does === 'flush' ? [step.path] : [])));
    // With the folders that it lies in.
    for (const made of ['.runboard/drafts', '.runboard', '']) expect(flushed, made).toContain(resolve(folder, made));
    for (const found of foundAt(file(), null, taken)) expect(readJournal(String(found))?.sequence).toBe(0);
    const again = readFileSync(file());
    const anew = await stepsOf(begin);
    for (let moment = 0; moment <= anew.length; moment++)
      for (const found of foundAt(file(), again, anew.slice(0, moment)))
        expect(readJournal(String(found))?.lost, `after ${moment} of ${anew.length} steps`).toBe(0);
  });
});
