// A disk that is really full, or takes no writes: whatever was on it stays as it was, the reason is said, and work goes on when there is room.
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { localPorts, type LocalPorts } from '../../main/engine-process/local-ports.ts';
import { nodeFiles } from '../../main/node/files.ts';
import { memoryTransports } from '../../shared/client/memory-transport.ts';
import { openClient, type Client } from '../../shared/client/client.ts';
import { handlersOn } from '../../shared/services/handlers.ts';
import { serve } from '../../shared/services/serve.ts';
import { smallDesign } from '../support/small-design.ts';
import { openSmallDisk, smallDiskMissing, type SmallDisk } from '../support/small-disk.ts';

vi.setConfig({ testTimeout: 120_000 });

const missing = smallDiskMissing();
const data = { recipe: 'video-catalogue', settings: { users: 60, items: 60, events: 2_000, days: 20, seed: 1 } };
const block = 4_096;

describe.skipIf(missing !== null)(`a full disk${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  let disk: SmallDisk;
  let ports: LocalPorts;
  let client: Client;
  beforeEach(() => {
    disk = openSmallDisk(24);
    ports = localPorts(join(disk.folder, '.runboard'));
    const [near, far] = memoryTransports();
    serve(handlersOn(ports), far);
    client = openClient(near);
  });
  afterEach(async () => {
    client.close();
    await ports.close().catch(() => {});
    disk.release();
  });

  it('leaves a saved file byte by byte as it was, and nothing beside it', async () => {
    const files = nodeFiles();
    const path = join(disk.folder, 'a.runboard');
    const old = 'old '.repeat(20_000);
    await files.save(path, old);
    disk.fill(25 * block);
    await expect(files.save(path, 'new '.repeat(200_000))).rejects.toMatchObject({
      code: 'disk',
      message: expect.stringMatching(/disk is full, [\d.]+ MiB free; the file is as it was/) as string,
    });
    expect(readFileSync(path, 'utf8') === old).toBe(true);
    expect(readdirSync(disk.folder).sort()).toEqual(['a.runboard', 'filler']);
    disk.free();
    await files.save(path, 'new '.repeat(200_000));
    expect(readFileSync(path, 'utf8')).toHaveLength(800_000);
  });

  it('keeps what a journal held, and keeps on when there is room again', async () => {
    const id = 'aaaaaaaa-0001';
    const design = smallDesign();
    const write = (after: number): Promise<{ kept: boolean }> =>
      client.call('drafts.append', {
        id,
        after,
        changes: [{ op: 'set', path: ['title'], value: `${after}`.repeat(9_000) }],
      });
    await client.call('drafts.begin', { id, path: null, digest: null, design });
    expect(await write(1 - 1)).toEqual({ kept: true });
    disk.fill(block);
    await expect(write(1)).rejects.toMatchObject({ code: 'disk' });
    expect((await client.call('drafts.open', { id })).design.title).toBe('0'.repeat(9_000));
    disk.free();
    const again = await write(1);
    if (!again.kept)
      await client.call('drafts.begin', { id, path: null, digest: null, design: { ...design, title: 'x' } });
    expect((await client.call('drafts.open', { id })).design.title).toBe(again.kept ? '1'.repeat(9_000) : 'x');
  });

  it('fails a run for that reason, keeps the runs before it, and the next one is done when there is room again', async () => {
    const options = { design: smallDesign({ data }), designPath: null, fresh: true, threads: 1 };
    expect((await client.call('runs.start', options)).status).toBe('done');
    disk.fill(0);
    const outcome = await client.call('runs.start', { ...options, seed: 5 }).then(
      (run) => Object.values(run.nodes).flatMap((node) => node.error?.code ?? []),
      (thrown: { code: string }) => [thrown.code],
    );
    expect(new Set(outcome)).toEqual(new Set(['disk']));
    disk.free();
    expect((await client.call('runs.start', { ...options, seed: 6 })).status).toBe('done');
    const runs = await client.call('runs.list');
    expect([runs.at(-1)?.run, runs.at(-1)?.status, runs[0].status]).toEqual(['r-0001', 'done', 'done']);
    expect(runs.every((run) => run.status !== 'running')).toBe(true);
  });

  it('that takes no writes any more has its designs opened to be read, loses nothing, and work is saved elsewhere', async () => {
    const path = join(disk.folder, 'a.runboard');
    const { digest } = await client.call('designs.save', { path, design: smallDesign(), expectedDigest: null });
    const draft = { id: 'aaaaaaaa-0001', path, digest, design: smallDesign({ title: 'Not saved' }) };
    await client.call('drafts.begin', draft);
    const before = readFileSync(path);
    disk.readOnly();
    expect((await client.call('designs.open', { path })).readOnly).toMatch(
      /^the disk is read-only; save it under another/,
    );
    const changes = [{ op: 'set' as const, path: ['title'], value: 'Later' }];
    await expect(client.call('drafts.append', { id: draft.id, after: 0, changes })).rejects.toMatchObject({
      code: 'disk',
      message: 'the disk is read-only',
    });
    await expect(
      client.call('designs.save', { path, design: draft.design, expectedDigest: digest }),
    ).rejects.toMatchObject({ code: 'disk', message: 'the disk is read-only' });
    await expect(client.call('runs.start', { design: smallDesign({ data }), designPath: null })).rejects.toMatchObject({
      code: 'disk',
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect((await client.call('drafts.open', { id: draft.id })).design.title).toBe('Not saved');
    const elsewhere = join(mkdtempSync(join(tmpdir(), 'runboard-elsewhere-')), 'a.runboard');
    await client.call('designs.save', { path: elsewhere, design: draft.design, expectedDigest: null });
    expect((await client.call('designs.open', { path: elsewhere })).readOnly).toBeNull();
  });
});
