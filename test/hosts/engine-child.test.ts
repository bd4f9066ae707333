// The engine of the local page as a process of its own: killed, stopped and unable to start, while the window lives on.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEngineChild } from '../../main/hosts/web/engine-child.ts';
import { KeptEngine } from '../../main/hosts/web/kept-engine.ts';
import { serveBeside } from '../../main/hosts/web/split-line.ts';
import { localPorts } from '../../main/engine-process/local-ports.ts';
import { openClient, type Client } from '../../shared/client/client.ts';
import { memoryTransports } from '../../shared/client/memory-transport.ts';
import type { EngineNews } from '../../shared/contract/work.ts';
import { handlersOn } from '../../shared/services/handlers.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { smallDesign } from '../support/small-design.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 30_000 });

const data = { recipe: 'video-catalogue', settings: { users: 80, items: 60, events: 4_000, days: 20, seed: 1 } };
const long = {
  recipe: 'video-catalogue',
  settings: { users: 2_000, items: 800, events: 200_000, days: 60, seed: 1 },
};

let folder: string;
let engine: KeptEngine;
let client: Client;
let news: EngineNews[];

function begin({ entry, beatMillis }: { entry?: string; beatMillis?: number } = {}): void {
  const workspace = join(folder, '.runboard');
  engine = new KeptEngine({ begin: () => startEngineChild({ workspace, entry }), beatMillis });
  const [near, far] = memoryTransports();
  client = openClient(near);
  news = [];
  client.on('engine', (one) => news.push(one));
  serveBeside(handlersOn(localPorts(workspace)), far, engine);
  engine.start();
}

const states = (): string[] => news.map((one) => one.state);
const kill = (signal: NodeJS.Signals): void => void process.kill(engine.pid as number, signal);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runboard-engine-'));
});
afterEach(async () => {
  client.close();
  if (engine.pid !== undefined) kill('SIGCONT');
  await engine.stop();
});

describe("the engine's process", () => {
  it('runs boards; calls that come before it is up wait for it', async () => {
    begin();
    const events: string[] = [];
    client.on('run', (event) => events.push(event.type));
    const result = await client.call('runs.start', { design: smallDesign({ data }), designPath: null });
    expect(result.status).toBe('done');
    expect([events[0], events.at(-1)]).toEqual(['run-started', 'run-finished']);
    expect(engine.pid).not.toBe(process.pid);
  });

  it('is killed in the middle of a run: the line lives, the run is marked interrupted, the next run goes', async () => {
    begin();
    const started = new Promise((resolve) =>
      client.on('run', (event) => event.type === 'node-started' && resolve(event)),
    );
    const running = client
      .call('runs.start', { design: smallDesign({ data: long }), designPath: null })
      .catch((fault: { code: string }) => fault.code);
    await started;
    const before = engine.pid;
    kill('SIGKILL');
    expect(await running).toBe('interrupted');
    const path = join(folder, 'a.runboard');
    await client.call('designs.save', { path, design: smallDesign(), expectedDigest: null });
    expect(readFileSync(path, 'utf8')).toBe(writeDesign(smallDesign()));
    expect((await client.call('runs.list')).map((run) => run.status)).toEqual(['interrupted']);
    expect(states()).toEqual(expect.arrayContaining(['gone', 'up']));
    expect(engine.pid).not.toBe(before);
    expect((await client.call('runs.start', { design: smallDesign({ data }), designPath: null })).status).toBe('done');
  });

  it('hangs: that is said, what needs no engine goes on, and it goes on where it was when it answers again', async () => {
    begin({ beatMillis: 400 });
    await client.call('runs.list');
    const before = engine.pid;
    kill('SIGSTOP');
    await expect.poll(states, { timeout: 10_000 }).toContain('silent');
    const waiting = client.call('runs.list');
    const templates = await client.call('templates.list');
    expect(templates.length).toBeGreaterThan(3);
    // The sample first, then what runs as it is, then what needs data.
    expect(templates[0].id).toBe('video-recommendation');
    expect(templates.map(({ runs }) => runs)).toEqual(templates.map(({ runs }) => runs).sort((a, b) => +b - +a));
    expect(engine.pid).toBe(before);
    kill('SIGCONT');
    expect(await waiting).toEqual([]);
    await expect.poll(() => states().at(-1)).toBe('up');
    expect(engine.pid).toBe(before);
  });

  it('is ended and started anew when a person says so, although it hangs', async () => {
    begin({ beatMillis: 400 });
    await client.call('runs.list');
    const before = engine.pid;
    kill('SIGSTOP');
    await expect.poll(states, { timeout: 10_000 }).toContain('silent');
    const lost = client.call('runs.list').catch((fault: { code: string }) => fault.code);
    expect(await client.call('engine.restart')).toEqual({ restarted: true });
    expect(await lost).toBe('interrupted');
    expect(await client.call('runs.list')).toEqual([]);
    expect(engine.pid).not.toBe(before);
    expect(states()).toContain('gone');
    // A busy machine may miss beats as short as these.
    await expect.poll(() => states().at(-1), { timeout: 20_000 }).toBe('up');
  });

  it('that keeps stopping is given up after a few tries, with what it said; drawing, keeping and writing go on', async () => {
    const entry = join(folder, 'broken.mjs');
    writeFileSync(entry, "process.stderr.write('no such kernel'); process.exit(1);");
    begin({ entry });
    const waiting = client.call('runs.list').catch((fault: { code: string }) => fault.code);
    await expect.poll(() => states().at(-1), { timeout: 30_000 }).toBe('failed');
    expect(news.at(-1)?.log).toContain('no such kernel');
    expect(await waiting).toBe('unavailable');
    await expect(client.call('runs.list')).rejects.toMatchObject({ code: 'unavailable' });
    const draft = { id: 'aaaaaaaa-0001', path: null, digest: null, design: smallDesign() };
    expect(await client.call('drafts.begin', draft)).toEqual({ kept: true });
    const out = join(folder, 'out');
    expect((await client.call('exports.write', { design: smallDesign(), format: 'md', out })).files).not.toEqual([]);
    writeFileSync(
      entry,
      "process.on('message', (one) => one.beat && process.send(one)); process.on('disconnect', () => process.exit());",
    );
    await client.call('engine.restart');
    await expect.poll(() => states().at(-1), { timeout: 30_000 }).toBe('up');
  });

  it('ends with the page, and leaves no process behind', async () => {
    begin();
    await client.call('runs.list');
    const pid = engine.pid as number;
    await engine.stop();
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    expect(states()).not.toContain('gone');
  });

  it('cancels a call on its way and one that waits', async () => {
    begin();
    const [early, late] = [new AbortController(), new AbortController()];
    const first = client.call(
      'runs.start',
      { design: smallDesign({ data: long }), designPath: null },
      { signal: early.signal },
    );
    early.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await client.call('runs.list');
    const second = client.call(
      'runs.start',
      { design: smallDesign({ data: long }), designPath: null },
      { signal: late.signal },
    );
    setTimeout(() => late.abort(), 300);
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  });
});
