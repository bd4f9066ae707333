import { existsSync, mkdtempSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { differenceOf } from '#shared/contract/changes.ts';
import type { Design } from '#shared/contract/design.ts';
import type { Call, Handlers } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { nodeFiles } from '#main/node/files.ts';
import { smallDesign } from '../../../test/support/small-design.ts';
import { handlersOn } from '../handlers.ts';
import { changeLine, readJournal, startLines } from './journal.ts';
import { Journals } from './journals.ts';

const id = 'aaaaaaaa-0001';
const call = {} as Call;
const start = { id, path: null, digest: null, design: smallDesign() };

let folder: string;
let ports: Ports;
let handlers: Handlers;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runboard-journal-'));
  ports = portsOn();
  handlers = handlersOn(ports);
});

function portsOn(faults: Parameters<typeof nodeFiles>[0] = {}): Ports {
  const places = { workspace: join(folder, '.runboard'), templates: folder };
  return { files: nodeFiles(faults), places } as Partial<Ports> as Ports;
}

const file = (): string => join(folder, '.runboard/drafts', `${id}.journal`);
const titled = (title: string): Design => ({ ...start.design, title });
const setTitle = (value: string) => [{ op: 'set' as const, path: ['title'], value }];

/** Keeps designs with titles "0" to count-1, one change each. */
async function type(count: number, on = handlers): Promise<void> {
  await on['drafts.begin'](start, call);
  for (let i = 0; i < count; i++)
    expect(await on['drafts.append']({ id, after: i, changes: setTitle(String(i)) }, call)).toEqual({ kept: true });
}

describe('a journal', () => {
  it('holds every change that was answered, in any later process', async () => {
    await type(20);
    const opened = await handlersOn(portsOn())['drafts.open']({ id }, call);
    expect(opened).toEqual({ path: null, digest: null, design: titled('19'), repairs: [], readOnly: null });
  });

  it('costs what changed, not what the design is', async () => {
    const nodes = Array.from({ length: 3_000 }, (_, at) => ({
      ...start.design.board.nodes[1],
      id: `n${at}`,
      title: 'x'.repeat(100),
    }));
    const large: Design = { ...start.design, board: { nodes, edges: [] } };
    await handlers['drafts.begin']({ ...start, design: large }, call);
    const before = readFileSync(file()).length;
    const moved: Design = { ...large, board: { ...large.board, nodes: nodes.with(1_500, { ...nodes[1_500], x: 77 }) } };
    await handlers['drafts.append']({ id, after: 0, changes: differenceOf(large, moved) }, call);
    expect(before).toBeGreaterThan(500_000);
    expect(readFileSync(file()).length - before).toBeLessThan(200);
    expect((await handlers['drafts.open']({ id }, call)).design.board.nodes[1_500].x).toBe(77);
  });

  it('loses what was under way when it is torn at any byte, and nothing else', async () => {
    await type(6);
    const whole = readFileSync(file(), 'utf8');
    const ends = [...whole.matchAll(/\n/g)].map((match) => match.index + 1);
    for (let at = ends[1]; at < whole.length; at++) {
      const read = readJournal(whole.slice(0, at));
      const complete = ends.filter((end) => end <= at + 1).length - 2;
      expect([read?.sequence, read?.lost]).toEqual([complete, 0]);
    }
    truncateSync(file(), whole.length - 5);
    expect((await handlersOn(portsOn())['drafts.open']({ id }, call)).repairs).toEqual([]);
  });

  it('notices a flipped bit at any byte, keeps what was before it, says so and puts the damaged file aside', async () => {
    await type(4);
    const whole = readFileSync(file());
    for (let at = 0; at < whole.length; at += 7) {
      const flipped = Buffer.from(whole);
      flipped[at] ^= 1 << (at % 8);
      const read = readJournal(flipped.toString('utf8'));
      const title = read === null ? 'none' : read.design.title;
      expect(['none', start.design.title, '0', '1', '2', '3'], String(at)).toContain(title);
      if (title !== '3') expect(read === null || read.lost > 0 || at >= whole.length - 60, String(at)).toBe(true);
    }
    const flipped = Buffer.from(whole);
    flipped[whole.toString().lastIndexOf('"sequence":3') + 4] ^= 0x80;
    writeFileSync(file(), flipped);
    const later = handlersOn(portsOn());
    expect(await later['drafts.list'](undefined, call)).toMatchObject([{ id, title: '1', damaged: true, open: false }]);
    const opened = await later['drafts.open']({ id }, call);
    expect(opened.design.title).toBe('1');
    expect(opened.repairs).toMatchObject([{ code: 'journal-damaged', done: 'opened as it was after change 2' }]);
    expect(existsSync(join(folder, '.runboard/drafts', `${id}.damaged`))).toBe(true);
  });

  it('falls back on the newest restore point where its beginning is damaged', async () => {
    const path = join(folder, 'a.runboard');
    await handlers['drafts.begin']({ ...start, path }, call);
    const bytes = readFileSync(file());
    bytes[bytes.indexOf('Small')] ^= 1;
    writeFileSync(file(), bytes);
    const later = handlersOn(portsOn());
    expect(await later['drafts.list'](undefined, call)).toMatchObject([{ title: 'a.runboard', damaged: true }]);
    const opened = await later['drafts.open']({ id }, call);
    expect(opened).toMatchObject({ path, digest: null, design: { title: 'Small' } });
    expect(opened.repairs[0].done).toMatch(/restore point of \d{4}-/);
  });

  it('is not added to by who does not know how far it is', async () => {
    await type(3);
    expect(await handlers['drafts.append']({ id, after: 1, changes: setTitle('stale') }, call)).toEqual({
      kept: false,
    });
    const restarted = handlersOn(portsOn());
    expect(await restarted['drafts.append']({ id, after: 3, changes: setTitle('new') }, call)).toEqual({ kept: false });
    await restarted['drafts.begin']({ ...start, design: titled('begun anew') }, call);
    expect((await restarted['drafts.open']({ id }, call)).design.title).toBe('begun anew');
  });

  it('takes many changes at once, in their order', async () => {
    await handlers['drafts.begin'](start, call);
    const kept = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        handlers['drafts.append']({ id, after: i, changes: setTitle(String(i)) }, call),
      ),
    );
    expect(kept.every((one) => one.kept)).toBe(true);
    expect((await handlers['drafts.open']({ id }, call)).design.title).toBe('199');
  });

  it('is written anew when it has grown long, and goes on', async () => {
    const journals = new Journals(ports);
    await journals.begin(id, start);
    const text = 'x'.repeat(300_000);
    let longest = 0;
    for (let i = 0; i < 12; i++) {
      expect(await journals.append(id, i, [{ op: 'set', path: ['summary'], value: [`${text}${i}`] }])).toBe(true);
      longest = Math.max(longest, readFileSync(file()).length);
    }
    expect(longest).toBeLessThan(2_000_000);
    const { journal } = await new Journals(portsOn()).read(id);
    expect([journal?.sequence, journal?.lost, journal?.design.summary]).toEqual([12, 0, [`${text}11`]]);
  });

  it('keeps a restore point every five minutes while changes come', async () => {
    let now = Date.UTC(2026, 2, 1, 12);
    const journals = new Journals(ports, () => now);
    await journals.begin(id, start);
    for (let i = 0; i < 11; i++) {
      now += 60_000;
      await journals.append(id, i, setTitle(String(i)));
    }
    const points = await handlers['restorePoints.list']({ path: null, draft: id }, call);
    expect(points.map((point) => point.keptAt.slice(11, 16))).toEqual(['12:10', '12:05', '12:00']);
    expect((await handlers['restorePoints.open']({ id: points[1].id }, call)).design.title).toBe('4');
  });

  it('says that the disk is full, holds what it held, and goes on when there is room again', async () => {
    let full = false;
    const noRoom = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const faulty = handlersOn(
      portsOn({
        append: async (handle, bytes, at) => {
          await handle.write(bytes, 0, full ? 9 : bytes.length, at);
          if (full) throw noRoom;
        },
      }),
    );
    await type(3, faulty);
    full = true;
    const append = (after: number, title: string) =>
      faulty['drafts.append']({ id, after, changes: setTitle(title) }, call);
    await expect(append(3, 'no room')).rejects.toMatchObject({ code: 'disk', message: /the disk is full/ });
    expect((await handlersOn(portsOn())['drafts.open']({ id }, call)).design.title).toBe('2');
    full = false;
    expect(await append(3, 'again')).toEqual({ kept: false });
    await faulty['drafts.begin']({ ...start, design: titled('again') }, call);
    expect((await faulty['drafts.open']({ id }, call)).design.title).toBe('again');
  });

  it('goes when it is let go of, and only then', async () => {
    await type(2);
    expect(await handlers['drafts.drop']({ id }, call)).toEqual({ dropped: true });
    expect(readdirSync(join(folder, '.runboard/drafts'))).toEqual([]);
    expect(await handlers['drafts.append']({ id, after: 2, changes: setTitle('late') }, call)).toEqual({ kept: false });
  });

  it('stops at a line that is missing', () => {
    const text = startLines(start) + changeLine(1, setTitle('1')) + changeLine(3, setTitle('3'));
    expect(readJournal(text)).toMatchObject({ sequence: 1, lost: 1, design: { title: '1' } });
  });
});
