// Two windows on one design: the first writes, the second sees it at once, and takes over when the first has gone.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { axeInBothThemes } from '../support/axe.ts';
import { smallDesign } from '../support/small-design.ts';
import { openWindow, serveWindow, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 180_000 });

const missing = windowMissing();

function newFile(): { folder: string; file: string; original: string } {
  const folder = mkdtempSync(join(tmpdir(), 'runboard two ü '));
  const file = join(folder, 'small.runboard');
  const original = writeDesign(smallDesign());
  writeFileSync(file, original);
  return { folder, file, original };
}

/** Opens the design from the start page. */
async function openDesign(page: Page): Promise<void> {
  await page.locator('.recent:not(.unsaved) .recent-row').filter({ hasText: 'small.runboard' }).last().click();
  await page.locator('[data-node="popular"]').waitFor();
}

async function rename(page: Page, title: string): Promise<void> {
  await page.locator('[data-node="popular"]').click();
  await page.locator('.inspector-title').fill(title);
}

const titleIn = (page: Page): Promise<string | null> => page.locator('[data-node="popular"] .node-title').textContent();

describe.skipIf(missing !== null)(
  `two windows on one design${missing === null ? '' : ` (not run: ${missing})`}`,
  () => {
    it('of one server: the second reads along, copies, and takes over with what the first left unsaved', async () => {
      const { folder, file, original } = newFile();
      const served = await serveWindow(folder);
      const { page: first, complaints, close } = await openWindow(served.address);
      await openDesign(first);
      const second = await first.context().newPage();
      await second.goto(new URL('/', served.address).href);
      await openDesign(second);
      await second.getByText('Read-only here: another window').waitFor();

      expect(await axeInBothThemes(second)).toEqual([]);

      await rename(first, 'Seen at once');
      await expect.poll(() => titleIn(second)).toBe('Seen at once');
      await rename(second, 'Not mine to change').catch(() => {});
      await second.waitForTimeout(300);
      expect([await titleIn(first), await titleIn(second)]).toEqual(['Seen at once', 'Seen at once']);

      await second.getByRole('button', { name: 'Open a copy' }).click();
      await second.getByRole('button', { name: 'Small (copy)', exact: true }).waitFor();
      expect(await second.getByText('Read-only here').count()).toBe(0);
      await second.getByRole('button', { name: 'Small', exact: true }).click();

      await first.close({ runBeforeUnload: false });
      await second.getByRole('button', { name: 'Take over' }).click();
      await expect.poll(() => second.getByText('Read-only').count()).toBe(0);
      expect(await titleIn(second)).toBe('Seen at once');
      expect(readFileSync(file, 'utf8')).toBe(original);
      await rename(second, 'Mine by now');
      await second.keyboard.press('Control+s');
      await second.getByText('Saved small.runboard').waitFor();
      expect(readFileSync(file, 'utf8')).toContain('Mine by now');
      expect(complaints).toEqual([]);
      await close();
      served.close();
    });

    it('of two programs: the second is told who has it open, sees what is saved, and may have it when that one was killed', async () => {
      const { folder, file } = newFile();
      const one = await serveWindow(folder);
      const two = await serveWindow();
      const first = await openWindow(one.address);
      const second = await openWindow(two.address);
      await openDesign(first.page);
      await second.page.getByLabel('Path of a design').fill(file);
      await second.page.getByLabel('Path of a design').press('Enter');
      await second.page.getByText(`Read-only here: another Runboard (process ${one.process.pid})`).waitFor();
      await rename(first.page, 'Saved there');
      await first.page.keyboard.press('Control+s');
      await expect.poll(() => titleIn(second.page), { timeout: 15_000 }).toBe('Saved there');
      one.process.kill('SIGKILL');
      await second.page.getByRole('button', { name: 'Take over' }).click({ timeout: 15_000 });
      await expect.poll(() => second.page.getByText('Read-only').count()).toBe(0);
      await rename(second.page, 'Saved here');
      await second.page.keyboard.press('Control+s');
      await second.page.getByText('Saved small.runboard').waitFor();
      expect(readFileSync(file, 'utf8')).toContain('Saved here');
      await first.close();
      await second.close();
      two.close();
    });

    it('and something else that writes the file: said at once, and nothing is written over unasked', async () => {
      const { folder, file } = newFile();
      const served = await serveWindow(folder);
      const { page, close } = await openWindow(served.address);
      await openDesign(page);
      const theirs = writeDesign(smallDesign({ title: 'Theirs' }));
      writeFileSync(file, theirs);
      await page.getByText('The file was changed by something else').waitFor({ timeout: 15_000 });
      expect(await axeInBothThemes(page)).toEqual([]);
      await page.getByRole('button', { name: 'Choose what to keep' }).click();
      await page.getByRole('button', { name: 'Open it again' }).click();
      await page.getByRole('button', { name: 'Theirs', exact: true }).waitFor();
      await expect.poll(() => page.getByText('The file was changed by something else').count()).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe(theirs);
      await close();
      served.close();
    });
  },
);
