// Bytes of kept models and lists change on the disk without a word: nothing is computed from them, and they are set aside.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { localPorts } from '../../main/engine-process/local-ports.ts';
import { memoryTransports } from '../../shared/client/memory-transport.ts';
import { openClient, type Client } from '../../shared/client/client.ts';
import type { RunResult } from '../../shared/contract/results.ts';
import { handlersOn } from '../../shared/services/handlers.ts';
import { serve } from '../../shared/services/serve.ts';
import { smallDesign } from '../support/small-design.ts';

vi.setConfig({ testTimeout: 120_000 });

const data = { recipe: 'video-catalogue', settings: { users: 60, items: 60, events: 2_000, days: 20, seed: 1 } };

async function within<T>(workspace: string, work: (client: Client) => Promise<T>): Promise<T> {
  const ports = localPorts(workspace);
  const [near, far] = memoryTransports();
  serve(handlersOn(ports), far);
  const client = openClient(near);
  try {
    return await work(client);
  } finally {
    client.close();
    await ports.close();
  }
}

/** One bit of every kept array, somewhere in its middle. */
function flip(workspace: string): number {
  const blobs = globSync('artefacts/blobs/*/*', { cwd: workspace }).map((name) => join(workspace, name));
  const sound = blobs.filter((name) => !name.endsWith('.damaged'));
  for (const name of sound) {
    const bytes = readFileSync(name);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(name, bytes);
  }
  return sound.length;
}

function setAside(workspace: string): number {
  return globSync('artefacts/**/*.damaged', { cwd: workspace }).length;
}

const metricsOf = (run: RunResult): unknown => Object.entries(run.nodes).map(([id, node]) => [id, node.metrics]);

it('is not shown and not used: what needs it is computed anew, to the same numbers, and kept again', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'runboard-flipped-'));
  const options = { design: smallDesign({ data }), designPath: null, threads: 1 };
  // The last node is another one then: what goes into it is looked for among what was kept.
  const changed = { ...options, set: { 'cap.cap': '1' } };
  const first = await within(workspace, (client) => client.call('runs.start', options));
  expect(first.status).toBe('done');
  expect(flip(workspace)).toBeGreaterThan(0);
  await within(workspace, async (client) => {
    const looking = client.call('runs.preview', { run: first.run, node: 'popular', offset: 0, limit: 5 });
    await expect(looking).rejects.toMatchObject({ code: 'not-found' });
  });
  expect(setAside(workspace)).toBeGreaterThan(0);

  const again = await within(workspace, (client) => client.call('runs.start', changed));
  const elsewhere = mkdtempSync(join(tmpdir(), 'runboard-untouched-'));
  const untouched = await within(elsewhere, (client) => client.call('runs.start', changed));
  expect([again.status, metricsOf(again)]).toEqual(['done', metricsOf(untouched)]);
  const seen = await within(workspace, (client) =>
    client.call('runs.preview', { run: again.run, node: 'popular', offset: 0, limit: 5 }),
  );
  expect(seen.rows).toHaveLength(5);
  for (const folder of [workspace, elsewhere]) rmSync(folder, { recursive: true });
});
