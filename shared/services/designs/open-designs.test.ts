import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Call, Handlers } from '#shared/contract/methods.ts';
import type { HoldNews } from '#shared/contract/work.ts';
import type { FileHolder, Ports } from '#shared/contract/ports.ts';
import { nodeFiles } from '#main/node/files.ts';
import { smallDesign } from '../../../test/support/small-design.ts';
import { handlersOn } from '../handlers.ts';
import { writeDesign } from './write.ts';

let path: string;
let handlers: Handlers;
let outside: FileHolder | null;
let refused: Error | null;
let notice: (what: 'file' | 'hold') => void;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'runboard-open-'));
  path = join(folder, 'a.runboard');
  writeFileSync(path, writeDesign(smallDesign()));
  outside = null;
  refused = null;
  const watchers = new Set<(what: 'file' | 'hold') => void>();
  notice = (what) => watchers.forEach((watcher) => watcher(what));
  handlers = handlersOn({
    files: nodeFiles(),
    places: { workspace: join(folder, '.runboard'), templates: folder },
    holds: {
      claim: async () => {
        if (refused !== null) throw refused;
        return outside ?? { release: async () => {} };
      },
      holder: async () => outside,
      watch: (_, changed) => (watchers.add(changed), () => watchers.delete(changed)),
    },
  } as Partial<Ports> as Ports);
});

interface Tab {
  readonly heard: HoldNews[];
  kinds(): string[];
  close(): Promise<void>;
}

/** A tab as a window opens it. */
async function open(draft: string, { take = true, at = path as string | null } = {}): Promise<Tab> {
  const stop = new AbortController();
  const heard: HoldNews[] = [];
  const call: Call = {
    signal: stop.signal,
    emit: (_, payload) => void heard.push((payload as { news: HoldNews }).news),
  };
  const ended = handlers['designs.hold']({ draft, path: at, take }, call);
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  return {
    heard,
    kinds: () => heard.map((one) => one.kind).filter((one) => one !== 'file'),
    close: async () => {
      stop.abort();
      expect(await ended).toEqual({ ended: true });
    },
  };
}

const call = {} as Call;
const quiet: Call = { signal: new AbortController().signal, emit: () => {} };
const [first, second, third] = ['first-00', 'second-0', 'third-00'];
const begin = (title: string) =>
  handlers['drafts.begin']({ id: first, path, digest: null, design: smallDesign({ title }) }, call);

describe('a design that is open in several windows', () => {
  it('is written to by the first; the others see who does, and what', async () => {
    const [a, b] = [await open(first), await open(second)];
    expect(a.kinds()).toEqual(['held']);
    expect(b.heard).toMatchObject([{ kind: 'follows', by: 'another window' }]);
    await begin('A');
    await handlers['drafts.append'](
      { id: first, after: 0, changes: [{ op: 'set', path: ['title'], value: 'B' }] },
      call,
    );
    expect(b.heard.slice(1)).toMatchObject([
      { kind: 'state', design: { title: 'A' }, digest: null },
      { kind: 'changes', changes: [{ value: 'B' }] },
    ]);
    expect(a.kinds()).toEqual(['held']);
  });

  it('shows who comes late what is unsaved by then, and the file again when it was given up', async () => {
    await open(first);
    await begin('unsaved');
    const late = await open(second);
    await expect
      .poll(() => late.heard)
      .toMatchObject([{ kind: 'follows' }, { kind: 'state', design: { title: 'unsaved' } }]);
    await handlers['drafts.drop']({ id: first }, call);
    expect(late.heard.at(-1)).toMatchObject({ kind: 'state', design: { title: 'Small' }, digest: /^[0-9a-f]{64}$/ });
  });

  it('is free when the first has gone, and is taken over by who asks', async () => {
    const [a, b, c] = [await open(first), await open(second), await open(third)];
    await a.close();
    expect([b.kinds(), c.kinds()]).toEqual([
      ['follows', 'free'],
      ['follows', 'free'],
    ]);
    await b.close();
    expect((await open(second)).kinds()).toEqual(['held']);
    await c.close();
    expect((await open(third, { take: false })).heard).toMatchObject([{ kind: 'follows', by: 'another window' }]);
  });

  it('is not taken by who only follows', async () => {
    expect((await open(first, { take: false })).kinds()).toEqual(['free']);
    expect((await open(second)).kinds()).toEqual(['held']);
  });

  it('tells of a program beside this one, once, and that it has gone', async () => {
    outside = { by: 'another Runboard (process 7)', since: '2026-01-01T00:00:00.000Z' };
    const tab = await open(first);
    notice('hold');
    notice('hold');
    expect(tab.heard).toEqual([{ kind: 'follows', ...outside }]);
    writeFileSync(path, writeDesign(smallDesign({ title: 'saved there' })));
    notice('file');
    await expect.poll(() => tab.heard.at(-1)).toMatchObject({ kind: 'state', design: { title: 'saved there' } });
    outside = null;
    notice('hold');
    notice('hold');
    await expect.poll(() => tab.kinds()).toEqual(['follows', 'state', 'free']);
  });

  it('tells who writes that the file was changed by something else', async () => {
    const tab = await open(first);
    writeFileSync(path, writeDesign(smallDesign({ title: 'theirs' })));
    notice('file');
    await expect.poll(() => tab.heard.at(-1)).toMatchObject({ kind: 'file', digest: /^[0-9a-f]{64}$/ });
  });

  it('is not kept from others by one that could not take it', async () => {
    refused = new Error('the disk of notes has failed');
    await expect(handlers['designs.hold']({ draft: first, path, take: true }, quiet)).rejects.toThrow('has failed');
    refused = null;
    expect((await open(second)).kinds()).toEqual(['held']);
  });

  it('has nothing to do with designs that are in no file', async () => {
    expect((await open(first, { at: null })).kinds()).toEqual(['held']);
    expect((await open(second, { at: null })).kinds()).toEqual(['held']);
  });

  it('is named among the unsaved work as open while it is', async () => {
    const a = await open(first);
    await begin('A');
    expect(await handlers['drafts.list'](undefined, call)).toMatchObject([{ id: first, open: true }]);
    await a.close();
    expect(await handlers['drafts.list'](undefined, call)).toMatchObject([{ id: first, open: false }]);
  });
});

describe('saving', () => {
  it('replaces a file that is there only where that was asked for, and keeps what it held', async () => {
    const design = smallDesign({ title: 'new' });
    const save = handlers['designs.save'];
    await expect(save({ path, design, expectedDigest: null }, call)).rejects.toMatchObject({
      message: 'there is a file already',
    });
    await save({ path, design, expectedDigest: null, replace: true }, call);
    const [point] = await handlers['restorePoints.list']({ path, draft: null }, call);
    expect((await handlers['restorePoints.open']({ id: point.id }, call)).design.title).toBe('Small');
  });

  it('says where a file lies that was named as seen from the folder of the program', async () => {
    const near = relative(process.cwd(), path);
    const saved = await handlers['designs.save'](
      { path: near, design: smallDesign(), expectedDigest: null, replace: true },
      call,
    );
    expect(saved.path).toBe(path);
    expect((await handlers['designs.open']({ path: near }, call)).path).toBe(path);
    expect((await handlers['designs.list'](undefined, call)).map((one) => one.path)).toContain(path);
  });

  it('writes to no file that is not named as a design', async () => {
    await expect(
      handlers['designs.save']({ path: `${path}.sh`, design: smallDesign(), expectedDigest: null }, call),
    ).rejects.toMatchObject({ code: 'bad-input', message: /ends in \.runboard/ });
  });
});
