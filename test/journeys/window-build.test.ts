import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Page } from 'playwright-core';
import {
  boardStill,
  openWindow,
  serveWindow,
  windowMissing,
  type OpenWindow,
  type ServedWindow,
} from '../support/window.ts';
import { choose } from '../support/window-steps.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const missing = windowMissing();
let served: ServedWindow;
let open: OpenWindow;

async function add(page: Page, name: string): Promise<void> {
  await page.keyboard.press('/');
  await page.getByPlaceholder('Add to the board').last().fill(name);
  await page.keyboard.press('Enter');
}

const titles = (page: Page): Promise<string[]> => page.locator('[data-node] .node-title').allTextContents();

describe.skipIf(missing !== null)(`building a design${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  beforeAll(async () => {
    served = await serveWindow();
    open = await openWindow(served.address);
    await open.page.getByRole('button', { name: 'Empty board' }).click();
    await open.page.locator('.board').focus();
  });
  afterAll(async () => {
    await open?.close();
    served?.close();
  });

  it('adds, connects and undoes with the keyboard alone', async () => {
    const { page } = open;
    await add(page, 'data set');
    await add(page, 'split');
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(() => page.locator('[data-node]').count()).toBe(2);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    for (let step = 0; step < 12; step++) await page.keyboard.press('Alt+Shift+ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('c');
    await page.getByPlaceholder('Connect to …').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(0);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);
  });

  it('refuses a wire of another type and says why', async () => {
    const { page } = open;
    await page.keyboard.press('Escape');
    await add(page, 'evaluate lists');
    const ports = {
      from: '[data-node="source"] .react-flow__handle.source',
      to: '[data-node="evaluate-lists"] .react-flow__handle.target',
    };
    for (let step = 0; step < 6; step++) await page.keyboard.press('Alt+Shift+ArrowDown');
    await page.keyboard.press('Shift+!');
    await boardStill(page);
    await page.locator(ports.from).first().dragTo(page.locator(ports.to).first(), { force: true });
    // It goes by itself after a while.
    await page.locator('.refusal', { hasText: /takes candidates or list, but .* gives dataset/ }).waitFor();
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);
  });

  it('duplicates, renames, turns off, deletes, and takes each back', async () => {
    const { page } = open;
    await choose(page, 'split');
    await page.keyboard.press('Control+d');
    await expect.poll(() => titles(page)).toHaveLength(4);
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Title', exact: true }).first().fill('Second split');
    await page.keyboard.press('Enter');
    await expect.poll(() => titles(page)).toContain('Second split');
    await page.locator('.board').focus();
    await page.keyboard.press('d');
    await expect.poll(() => page.locator('.node-is-off').count()).toBe(1);
    await page.keyboard.press('Delete');
    await expect.poll(() => titles(page)).not.toContain('Second split');
    for (let step = 0; step < 4; step++) await page.keyboard.press('Control+z');
    await expect.poll(() => titles(page)).toHaveLength(3);
    expect(open.complaints).toEqual([]);
  });

  it('lays the board out in its worker', async () => {
    const { page } = open;
    await page.keyboard.press('Control+Shift+l');
    await expect.poll(() => page.getByRole('button', { name: /^Undo tidy/ }).count(), { timeout: 30_000 }).toBe(1);
    expect(open.complaints).toEqual([]);
  });
});
