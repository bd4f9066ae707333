// The program is told to end while a board runs and a design is unsaved: it ends soon, nothing is lost, the next start is clean.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { endMillis } from '../../main/hosts/web/ending.ts';
import { runboard } from '../support/cli.ts';
import { ended, lives, processesMissing } from '../support/processes.ts';
import { designFolder, onEveryHost, type HostedWindow, type WindowHost } from '../support/window-hosts.ts';
import { keptUnsaved, laySmall, openSmall, openUnsaved, rename, titleOf } from '../support/window-steps.ts';

vi.setConfig({ testTimeout: 120_000 });

const data = { recipe: 'video-catalogue', settings: { users: 1_500, items: 600, events: 100_000, days: 60, seed: 1 } };

/** How long the program took to end, as it says itself. */
function endedAfter(open: HostedWindow): number {
  return Number(/ended (\d+) ms after it was told to/.exec(open.said())?.[1] ?? 'NaN');
}

/** Tells the program to end, as the system does that shuts down. */
const tell = (open: HostedWindow, signal: NodeJS.Signals): boolean => open.program.kill(signal);

function walk(host: WindowHost): void {
  it('in the middle of a run: it ends by itself, leaves no process, and the next start has it all', async () => {
    const folder = designFolder();
    const original = laySmall(folder, { data });
    const first = await host.open(folder);
    const { page } = first;
    await openSmall(page);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('[data-node="source"].node-is-running, [data-node="source"].node-is-done').first().waitFor();
    await rename(page, 'popular', 'Not saved yet');
    await keptUnsaved(folder, 'Not saved yet');
    const engine = (await first.engine()) as number;
    if (host.id === 'desktop') {
      // Whoever quits is asked first, and may stay: the run goes on.
      await first.quit();
      await expect.poll(() => first.asked()).toContain('Close the window although there are changes in no file?');
      expect(lives(engine)).toBe(true);
      await first.mayLeave();
    }
    tell(first, 'SIGTERM');
    expect(await ended(first.program)).toBe(0);
    expect(endedAfter(first)).toBeLessThanOrEqual(endMillis);
    await expect.poll(() => lives(engine)).toBe(false);
    await first.close();
    expect(readFileSync(join(folder, 'small.runboard'), 'utf8')).toBe(original);

    const runs = await runboard(['runs', '--json'], { cwd: folder });
    const states = (JSON.parse(runs.stdout) as { status: string }[]).map(({ status }) => status);
    expect(['interrupted', 'cancelled', 'done']).toEqual(expect.arrayContaining(states));
    const second = await host.open(folder);
    await openUnsaved(second.page);
    expect(await titleOf(second.page, 'popular')).toBe('Not saved yet');
    expect(second.complaints).toEqual([]);
    await second.close();
  });

  it('while its engine hangs: it ends in the time that it may take, and so does the engine', async () => {
    const open = await host.open(designFolder());
    await expect.poll(() => open.engine()).toBeDefined();
    const engine = (await open.engine()) as number;
    process.kill(engine, 'SIGSTOP');
    tell(open, 'SIGTERM');
    expect(await ended(open.program)).toBe(0);
    expect(endedAfter(open)).toBeLessThanOrEqual(endMillis);
    await expect.poll(() => lives(engine)).toBe(false);
    await open.close();
  });

  it('while its engine hangs, and told so twice: at once', async () => {
    const open = await host.open(designFolder());
    await expect.poll(() => open.engine()).toBeDefined();
    const engine = (await open.engine()) as number;
    process.kill(engine, 'SIGSTOP');
    tell(open, 'SIGINT');
    // Signals that come together are one press; it is told again until it has gone.
    const again = setInterval(() => tell(open, 'SIGINT'), 400);
    // Not by itself: that would have been with a 0, once the engine was ended.
    expect(await ended(open.program)).not.toBe(0);
    clearInterval(again);
    expect(endedAfter(open)).toBeNaN();
    process.kill(engine, 'SIGCONT');
    await expect.poll(() => lives(engine)).toBe(false);
    await open.close();
  });
}

onEveryHost('ending the program', walk, processesMissing);
