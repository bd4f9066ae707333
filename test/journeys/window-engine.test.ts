// The engine dies or hangs while a person works: the page and its server live on, and say what is the matter.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { smallDesign } from '../support/small-design.ts';
import { openWindow, runEnded, serveWindow, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 180_000 });

const missing = windowMissing() ?? (process.platform === 'linux' ? null : 'processes are found in /proc');
const data = { recipe: 'video-catalogue', settings: { users: 3_000, items: 900, events: 300_000, days: 60, seed: 1 } };

/** The process of the engine that a server started. */
function engineOf(server: number): number | undefined {
  const children = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8').trim().split(' ').map(Number);
  return children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine-process'));
}

describe.skipIf(missing !== null)(`an engine in trouble${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  it('is killed in a run and hangs later: nothing drawn is lost, both are said, and the next run reuses what was done', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard engine ü '));
    const file = join(folder, 'small.runboard');
    writeFileSync(file, writeDesign(smallDesign({ data })));
    const served = await serveWindow(folder);
    const server = served.process.pid as number;
    const { page, close } = await openWindow(served.address);
    await page.locator('.recent-row').first().click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('[data-node="source"].node-is-done').waitFor({ timeout: 60_000 });
    await page.locator('[data-node="popular"]').click();
    await page.locator('.inspector-title').fill('Drawn while it died');
    const first = engineOf(server) as number;
    process.kill(first, 'SIGKILL');
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor({ timeout: 20_000 });
    await expect.poll(() => engineOf(server) ?? first, { timeout: 20_000 }).not.toBe(first);
    await expect.poll(() => page.getByText('The engine has stopped.').count(), { timeout: 20_000 }).toBe(0);
    expect(await page.locator('[data-node="popular"] .node-title').textContent()).toBe('Drawn while it died');
    expect(await page.locator('.node-is-running').count()).toBe(0);
    expect(served.process.exitCode).toBeNull();

    const second = engineOf(server) as number;
    process.kill(second, 'SIGSTOP');
    await page.getByText('The engine does not answer.').waitFor({ timeout: 40_000 });
    await page.keyboard.press('Control+s');
    await page.getByText('Saved small.runboard').waitFor();
    await page.getByRole('button', { name: 'Restart the engine' }).click();
    await page.getByText('The engine does not answer.').waitFor({ state: 'detached', timeout: 20_000 });
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('[data-node="source"].node-is-reused').waitFor({ timeout: 60_000 });
    await runEnded(page);
    await close();
    const runs = execFileSync(
      process.execPath,
      [join(import.meta.dirname, '../../main/hosts/cli/runboard.mjs'), 'runs', '--json'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect((JSON.parse(runs) as { status: string }[]).map((run) => run.status).sort()).toEqual(['done', 'interrupted']);
    served.close();
  });
});
