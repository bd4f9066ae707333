import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { nodeFiles } from '#main/node/files.ts';
import { smallDesign } from '../../../test/support/small-design.ts';
import { writeDesign } from '../designs/write.ts';
import { handlersOn } from '../handlers.ts';
import { restorePointHandlers } from './handlers.ts';
import { keepBeforeSave, keepWhileWorking, superfluous } from './keep.ts';

const minute = 60_000;
const noon = Date.UTC(2026, 2, 1, 12);
const draft = 'aaaaaaaa-0001';
const call = {} as Call;

let folder: string;
let ports: Ports;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runboard-points-'));
  ports = {
    files: nodeFiles(),
    places: { workspace: join(folder, '.runboard'), templates: folder },
  } as Partial<Ports> as Ports;
});

const list = (of: {
  path: string | null;
  draft: string | null;
}): ReturnType<ReturnType<typeof restorePointHandlers>['restorePoints.list']> =>
  restorePointHandlers(ports, {})['restorePoints.list'](of, call);
const titled = (title: string): ReturnType<typeof smallDesign> => smallDesign({ title });

describe('restore points', () => {
  it('are kept every five minutes at most while a design changes, newest first', async () => {
    for (const [title, at] of [
      ['first', 0],
      ['too soon', 4],
      ['second', 5],
      ['third', 11],
    ] as const)
      await keepWhileWorking(ports, { path: null, draft }, titled(title), noon + at * minute);
    const points = await list({ path: null, draft });
    expect(points.map((point) => point.keptAt.slice(11, 16))).toEqual(['12:11', '12:05', '12:00']);
    const opened = await Promise.all(
      points.map(({ id }) => restorePointHandlers(ports, {})['restorePoints.open']({ id }, call)),
    );
    expect(opened.map((one) => one.design.title)).toEqual(['third', 'second', 'first']);
  });

  it('are let go of after seven days, but for the newest three', async () => {
    await keepWhileWorking(ports, { path: null, draft }, titled('old'), noon);
    await keepWhileWorking(ports, { path: null, draft }, titled('a week'), noon + 7 * 24 * 60 * minute);
    expect(await list({ path: null, draft })).toHaveLength(2);
    await keepWhileWorking(ports, { path: null, draft }, titled('later'), noon + 7 * 24 * 60 * minute + 5 * minute);
    expect((await list({ path: null, draft })).map((point) => point.keptAt.slice(0, 10))).toEqual([
      '2026-03-08',
      '2026-03-08',
      '2026-03-01',
    ]);
    await keepWhileWorking(ports, { path: null, draft }, titled('latest'), noon + 7 * 24 * 60 * minute + 10 * minute);
    expect((await list({ path: null, draft })).map((point) => point.keptAt.slice(0, 10))).not.toContain('2026-03-01');
  });

  it('belong to one design: its file, or the draft that it began as', async () => {
    const path = join(folder, 'a.runboard');
    await keepWhileWorking(ports, { path: null, draft }, titled('unsaved'), noon);
    await keepWhileWorking(ports, { path, draft }, titled('in a file'), noon + minute);
    expect(await list({ path, draft: null })).toHaveLength(1);
    expect(await list({ path, draft })).toHaveLength(2);
    expect(await list({ path: join(folder, 'b.runboard'), draft: 'bbbbbbbb-0002' })).toEqual([]);
  });

  it('are thinned as they age: every five minutes for a day, then hourly, then daily; what a save replaced stays', () => {
    const now = noon + 7 * 24 * 60 * minute;
    const name = (at: number, why = 'working'): string => `${'a'.repeat(16)}-${String(at)}-${why}.point.json`;
    const names = Array.from({ length: 7 * 24 * 12 }, (_, i) => name(now - i * 5 * minute));
    const saves = Array.from({ length: 7 * 24 * 2 }, (_, i) => name(now - i * 30 * minute, 'before-save'));
    const gone = new Set(superfluous([...names, ...saves], now));
    expect(saves.some((one) => gone.has(one))).toBe(false);
    const left = names.filter((one) => !gone.has(one)).map((one) => (now - Number(one.slice(17, 30))) / 60 / minute);
    expect(left.filter((hours) => hours <= 24)).toHaveLength(289);
    expect(left.filter((hours) => hours > 24 && hours <= 48)).toHaveLength(24);
    expect(left.filter((hours) => hours > 48)).toHaveLength(6);
    expect(
      superfluous(
        names.filter((one) => !gone.has(one)),
        now,
      ),
    ).toEqual([]);
  });

  it('are not all taken by a clock that jumps years ahead: the newest three of every design stay', () => {
    const name = (of: string, at: number): string => `${of.repeat(16)}-${String(at)}-working.point.json`;
    const names = ['a', 'b'].flatMap((of) => Array.from({ length: 10 }, (_, i) => name(of, noon + i * 5 * minute)));
    const gone = new Set(superfluous(names, noon + 3 * 365 * 24 * 60 * minute));
    const newest = (of: string): string[] => [7, 8, 9].map((i) => name(of, noon + i * 5 * minute));
    expect(names.filter((one) => !gone.has(one))).toEqual([...newest('a'), ...newest('b')]);
  });

  it('keep the file that a save replaces as it was, and nothing where nothing changes', async () => {
    const path = join(folder, 'a.runboard');
    const before = writeDesign(titled('before'));
    writeFileSync(path, before);
    const { 'designs.open': open, 'designs.save': save } = handlersOn(ports);
    const { digest } = await open({ path }, call);
    await save({ path, design: titled('before'), expectedDigest: digest }, call);
    expect(await list({ path, draft: null })).toEqual([]);
    await save({ path, design: titled('after'), expectedDigest: digest }, call);
    const [point, ...others] = await list({ path, draft: null });
    expect(others).toEqual([]);
    expect(point.why).toBe('before-save');
    expect(readFileSync(join(folder, '.runboard/restore-points', `${point.id}.point.json`), 'utf8')).toBe(before);
  });

  it('come with keeping drafts, and a workspace that takes none does not stop a save', async () => {
    await handlersOn(ports)['drafts.begin']({ id: draft, path: null, digest: null, design: titled('draft') }, call);
    expect(await list({ path: null, draft })).toMatchObject([{ why: 'working' }]);
    const path = join(folder, 'a.runboard');
    writeFileSync(path, writeDesign(titled('before')));
    writeFileSync(join(folder, 'no-folder'), '');
    ports = { ...ports, places: { ...ports.places, workspace: join(folder, 'no-folder') } };
    await expect(keepBeforeSave(ports, path, 'next', noon)).rejects.toThrow();
    const { 'designs.open': open, 'designs.save': save } = handlersOn(ports);
    await save({ path, design: titled('after'), expectedDigest: (await open({ path }, call)).digest }, call);
    expect(readFileSync(path, 'utf8')).toContain('after');
  });
});
