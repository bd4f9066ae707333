// Two windows on one design: the first writes, the second sees it at once, and takes over when the first has gone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { axeInBothThemes } from '../support/axe.ts';
import { processesMissing } from '../support/processes.ts';
import { designFolder, onEveryHost, type HostedWindow, type WindowHost } from '../support/window-hosts.ts';
import { choose, laySmall, openSmall, rename, titleOf } from '../support/window-steps.ts';
import { openWindow, serveWindow } from '../support/window.ts';

vi.setConfig({ testTimeout: 180_000 });

async function openDesign(host: WindowHost): Promise<HostedWindow & { file: string; original: string }> {
  const folder = designFolder();
  const original = laySmall(folder);
  const open = await host.open(folder);
  await openSmall(open.page);
  return { ...open, file: join(folder, 'small.runboard'), original };
}

function walk(host: WindowHost): void {
  it('of one program: the second reads along, copies, and takes over with what the first left unsaved', async () => {
    const open = await openDesign(host);
    const first = open.page;
    const second = await open.another();
    await openSmall(second);
    await second.getByText('Read-only here: another window').waitFor();
    if (host.id === 'page') expect(await axeInBothThemes(second)).toEqual([]);

    await rename(first, 'popular', 'Seen at once');
    await expect.poll(() => titleOf(second, 'popular')).toBe('Seen at once');
    // What the second does is without effect: it would be seen by the time that the next change of the first is.
    await choose(second, 'popular');
    await second.keyboard.press('Delete');
    await second
      .locator('.inspector-title')
      .fill('Not mine to change', { timeout: 1_000 })
      .catch(() => {});
    await rename(first, 'split', 'Seen as well');
    await expect.poll(() => titleOf(second, 'split')).toBe('Seen as well');
    expect(await titleOf(second, 'popular')).toBe('Seen at once');

    await second.getByRole('button', { name: 'Open a copy' }).click();
    await second.getByRole('button', { name: 'Small (copy)', exact: true }).waitFor();
    await expect.poll(() => second.getByText('Read-only here').count()).toBe(0);
    await second.getByRole('button', { name: 'Small', exact: true }).click();

    await first.close({ runBeforeUnload: false });
    await second.getByRole('button', { name: 'Take over' }).click();
    await expect.poll(() => second.getByText('Read-only').count()).toBe(0);
    expect(await titleOf(second, 'popular')).toBe('Seen at once');
    expect(readFileSync(open.file, 'utf8')).toBe(open.original);
    await rename(second, 'popular', 'Mine by now');
    await second.keyboard.press('Control+s');
    await second.getByText('Saved small.runboard').waitFor();
    expect(readFileSync(open.file, 'utf8')).toContain('Mine by now');
    expect(open.complaints).toEqual([]);
    await open.close();
  });

  it('of two programs: the second is told who has it open, sees what is saved, and may have it when that one was killed', async () => {
    const one = await openDesign(host);
    const two = await serveWindow(one.folder);
    const { page: second, close } = await openWindow(two.address);
    await second.getByLabel('Path of a design').fill(one.file);
    await second.getByLabel('Path of a design').press('Enter');
    await second.getByText(`Read-only here: another Runboard (process ${one.program.pid})`).waitFor();
    await rename(one.page, 'popular', 'Saved there');
    await one.page.keyboard.press('Control+s');
    await expect.poll(() => titleOf(second, 'popular')).toBe('Saved there');
    await one.kill();
    await second.getByRole('button', { name: 'Take over' }).click();
    await expect.poll(() => second.getByText('Read-only').count()).toBe(0);
    await rename(second, 'popular', 'Saved here');
    await second.keyboard.press('Control+s');
    await second.getByText('Saved small.runboard').waitFor();
    expect(readFileSync(one.file, 'utf8')).toContain('Saved here');
    await close();
    two.close();
  });
}

onEveryHost('two windows on one design', walk, processesMissing);
