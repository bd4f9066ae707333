// A window that can only look at a design: palette and inspector say so and take nothing; and what the window says for a
// moment covers neither the evidence nor the Run button.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { axeInBothThemes } from '../support/axe.ts';
import { smallDesign } from '../support/small-design.ts';
import { boardStill, openWindow, serveWindow, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 180_000 });

const missing = windowMissing();

async function openDesign(page: Page): Promise<void> {
  await page.locator('.recent:not(.unsaved) .recent-row').filter({ hasText: 'small.runboard' }).last().click();
  await page.locator('[data-node="popular"]').waitFor();
}

async function overlap(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = await Promise.all([one.boundingBox(), other.boundingBox()]);
  if (a === null || b === null) throw new Error('one of the two is not on the screen');
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe.skipIf(missing !== null)(
  `a window that can only look${missing === null ? '' : ` (not run: ${missing})`}`,
  () => {
    it('says so in palette and inspector, keeps what is there within reach of the keyboard, and takes nothing', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'runboard look ü '));
      writeFileSync(join(folder, 'small.runboard'), writeDesign(smallDesign()));
      const served = await serveWindow(folder);
      const { page: first, complaints, close } = await openWindow(served.address);
      await openDesign(first);
      const page = await first.context().newPage();
      await page.goto(new URL('/', served.address).href);
      await openDesign(page);
      const lines = page.locator('.read-only-line');
      await expect.poll(() => lines.count()).toBe(2);
      expect(await lines.last().textContent()).toBe('Only another window can change this.');

      const nodes = await page.locator('[data-node]').count();
      const entry = page.locator('.palette-entry').first();
      expect(await entry.getAttribute('aria-disabled')).toBe('true');
      expect(await entry.getAttribute('draggable')).toBe('false');
      await entry.click({ force: true });
      await page.getByLabel('Search components and kinds').fill('popularity');
      await page.getByLabel('Search components and kinds').press('Enter');

      const node = page.locator('[data-node="popular"]');
      expect(await page.locator('.toolbar button:disabled').count()).toBe(5);
      await boardStill(page);
      const place = await node.boundingBox();
      if (place === null) throw new Error('the node is not on the screen');
      await page.mouse.move(place.x + 30, place.y + 20);
      await page.mouse.down();
      await page.mouse.move(place.x + 130, place.y + 90, { steps: 4 });
      await page.mouse.up();
      expect(await node.boundingBox()).toEqual(place);
      await node.click();
      await page.keyboard.press('Delete');
      const title = page.locator('.inspector-title');
      expect(await title.evaluate((field: HTMLInputElement) => field.readOnly)).toBe(true);
      const bound = page.locator('#binding');
      expect(await bound.evaluate((field: HTMLInputElement) => [field.tagName, field.readOnly])).toEqual([
        'INPUT',
        true,
      ]);
      expect(await bound.inputValue()).not.toBe('');
      await title.focus();
      await page.keyboard.type('Not mine');
      await bound.focus();
      expect(await bound.evaluate((field) => field === globalThis.document.activeElement)).toBe(true);
      await page.keyboard.type('x');
      expect(
        await page.locator('.inspector-body :is(select, input:not(:read-only):not([aria-disabled="true"]))').count(),
      ).toBe(0);
      expect(await page.locator('[data-node]').count()).toBe(nodes);
      expect(await page.locator('[data-node="popular"] .node-title').textContent()).toBe(
        await first.locator('[data-node="popular"] .node-title').textContent(),
      );
      expect(await axeInBothThemes(page)).toEqual([]);

      await first.close({ runBeforeUnload: false });
      await page.locator('.read-only-line').last().getByRole('button', { name: 'Write here' }).click();
      await expect.poll(() => page.locator('.read-only-line').count()).toBe(0);
      await title.fill('Mine by now');
      await expect.poll(() => page.locator('[data-node="popular"] .node-title').textContent()).toBe('Mine by now');
      expect(complaints).toEqual([]);
      await close();
      served.close();
    });

    it('and what is said for a moment leaves evidence and Run free, is announced, and goes with Escape', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'runboard said ü '));
      writeFileSync(join(folder, 'small.runboard'), writeDesign(smallDesign()));
      const served = await serveWindow(folder);
      const { page, close } = await openWindow(served.address, { width: 1280, height: 800 });
      await openDesign(page);
      if ((await page.locator('.bottom-closed').count()) > 0) await page.keyboard.press('Alt+j');
      await page.locator('[data-node="popular"]').click();
      await page.locator('.inspector-title').fill('To be saved');
      await page.keyboard.press('Control+s');
      const toast = page.getByRole('status').locator('.toast').filter({ hasText: 'Saved small.runboard' });
      await toast.waitFor();
      expect(await overlap(toast, page.getByRole('button', { name: 'Run', exact: true }))).toBe(false);
      for (const name of ['Evidence of the run', 'Runs'])
        expect(await overlap(toast, page.getByRole('tablist', { name, exact: true }))).toBe(false);
      expect(await overlap(toast, page.getByRole('region', { name: 'Evidence' }))).toBe(false);
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('.toast').count()).toBe(0);
      await close();
      served.close();
    });
  },
);
