// The engine dies or hangs while a person works: the page and the program around it live on, and say what is the matter.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { runboard } from '../support/cli.ts';
import { processesMissing } from '../support/processes.ts';
import { onEveryHost, type WindowHost } from '../support/window-hosts.ts';
import { keptUnsaved, openSmallOn, rename, run, titleOf } from '../support/window-steps.ts';

vi.setConfig({ testTimeout: 300_000 });

const data = { recipe: 'video-catalogue', settings: { users: 1_500, items: 600, events: 100_000, days: 60, seed: 1 } };

function walk(host: WindowHost): void {
  it('is killed in a run and hangs later: nothing drawn is lost, both are said, and the next run reuses what was done', async () => {
    const open = await openSmallOn(host, { data });
    const { page, program } = open;
    const first = (await open.engine()) as number;
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('[data-node="source"].node-is-done').waitFor({ timeout: 60_000 });
    process.kill(first, 'SIGKILL');
    const gone = page.getByText('The engine has stopped.');
    await gone.waitFor();
    await rename(page, 'popular', 'Drawn while it died');
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    // Only an engine that has answered once is missed soon.
    await gone.waitFor({ state: 'detached' });
    await expect.poll(async () => (await open.engine()) ?? first).not.toBe(first);
    expect(await titleOf(page, 'popular')).toBe('Drawn while it died');
    await expect.poll(() => page.locator('.node-is-running').count()).toBe(0);
    expect(program.exitCode).toBeNull();

    const second = (await open.engine()) as number;
    process.kill(second, 'SIGSTOP');
    const silent = page.getByText('The engine does not answer.');
    await silent.waitFor({ timeout: 60_000 });
    await rename(page, 'popular', 'Drawn while it hangs');
    await keptUnsaved(open.folder, 'Drawn while it hangs');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved small.runboard').waitFor();
    expect(readFileSync(join(open.folder, 'small.runboard'), 'utf8')).toContain('Drawn while it hangs');
    await page.getByRole('button', { name: 'Restart the engine' }).click();
    await silent.waitFor({ state: 'detached' });
    await gone.waitFor({ state: 'detached' });
    await run(page);
    await page.locator('[data-node="source"].node-is-reused').waitFor();
    await open.close();
    const { stdout } = await runboard(['runs', '--json'], { cwd: open.folder });
    expect((JSON.parse(stdout) as { status: string }[]).map(({ status }) => status).sort()).toEqual([
      'done',
      'interrupted',
    ]);
  });
}

onEveryHost('an engine in trouble', walk, processesMissing);
