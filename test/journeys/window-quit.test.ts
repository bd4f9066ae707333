// The program is told to end while a board runs and a design is unsaved: it ends soon, nothing is lost, the next start is clean.
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { runboard } from '../support/cli.ts';
import { smallDesign } from '../support/small-design.ts';
import { designFolder } from '../support/window-hosts.ts';
import { openWindow, serveWindow, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 120_000 });

const missing = windowMissing() ?? (process.platform === 'linux' ? null : 'processes are found in /proc');
const data = { recipe: 'video-catalogue', settings: { users: 2_000, items: 800, events: 200_000, days: 60, seed: 1 } };

/** The process of the engine that a server started. */
function engineOf(server: number): number | undefined {
  const children = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8').trim().split(' ').map(Number);
  return children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine-process'));
}

function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((done) => child.once('exit', (code) => done(code)));

describe.skipIf(missing !== null)(`ending the program${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  it('in the middle of a run: it ends by itself, leaves no process, and the next start has it all', async () => {
    const folder = designFolder();
    const file = join(folder, 'small.runboard');
    const original = writeDesign(smallDesign({ data }));
    writeFileSync(file, original);
    const first = await serveWindow(folder);
    const { page, close } = await openWindow(first.address);
    await page.locator('.recent-row').first().click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('[data-node="source"].node-is-running, [data-node="source"].node-is-done').first().waitFor();
    await page.locator('[data-node="popular"]').click();
    await page.locator('.inspector-title').fill('Not saved yet');
    await expect.poll(() => readdirSync(join(folder, '.runboard/drafts')).length).toBe(1);
    const engine = engineOf(first.process.pid as number) as number;
    await page.waitForTimeout(100);
    first.process.kill('SIGTERM');
    expect(await ended(first.process)).toBe(0);
    await expect.poll(() => lives(engine), { timeout: 5_000 }).toBe(false);
    await close();
    expect(readFileSync(file, 'utf8')).toBe(original);

    const runs = await runboard(['runs', '--json'], { cwd: folder });
    for (const { status } of JSON.parse(runs.stdout) as { status: string }[])
      expect(['interrupted', 'cancelled', 'done']).toContain(status);
    const second = await serveWindow(folder);
    const again = await openWindow(second.address);
    await again.page.locator('.unsaved-row .recent-row').click();
    await expect
      .poll(() => again.page.locator('[data-node="popular"] .node-title').textContent())
      .toBe('Not saved yet');
    await again.close();
    second.close();
  });

  it('while its engine hangs: the second signal ends it at once', async () => {
    const served = await serveWindow(designFolder());
    const server = served.process.pid as number;
    await expect.poll(() => engineOf(server), { timeout: 10_000 }).toBeDefined();
    const engine = engineOf(server) as number;
    process.kill(engine, 'SIGSTOP');
    served.process.kill('SIGINT');
    await new Promise((done) => setTimeout(done, 400));
    served.process.kill('SIGINT');
    await ended(served.process);
    process.kill(engine, 'SIGCONT');
    await expect.poll(() => lives(engine), { timeout: 5_000 }).toBe(false);
  });
});
