import { existsSync, readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { smallDesign } from '../support/small-design.ts';
import { openWindow, serveWindow, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 180_000 });

const missing = windowMissing();

describe.skipIf(missing !== null)(`recovery${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  it('brings unsaved work back after the tab and the server were killed, and leaves the file alone until it is saved', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
    const file = join(folder, 'small.runboard');
    const original = writeDesign(smallDesign());
    writeFileSync(file, original);
    const first = await serveWindow(folder);
    const before = await openWindow(first.address);
    await before.page.locator('.recent-row').first().click();
    await before.page.locator('[data-node="popular"]').click();
    await before.page.locator('.inspector-title').fill('Kept through a crash');
    await expect.poll(() => existsSync(join(folder, '.runboard/drafts')), { timeout: 15_000 }).toBe(true);
    await before.page.waitForTimeout(1_500);
    first.process.kill('SIGKILL');
    await before.close();
    expect(readFileSync(file, 'utf8')).toBe(original);

    const second = await serveWindow(folder);
    const after = await openWindow(second.address);
    await after.page.getByRole('heading', { name: 'Not saved yet' }).waitFor();
    await after.page.locator('.unsaved-row .recent-row').click();
    await after.page.locator('[data-node="popular"]').waitFor();
    expect(await after.page.locator('[data-node="popular"] .node-title').textContent()).toBe('Kept through a crash');
    await after.page.keyboard.press('Control+s');
    await after.page.getByText('Saved small.runboard').waitFor();
    expect(readFileSync(file, 'utf8')).toContain('Kept through a crash');
    await after.page.getByRole('button', { name: 'Runboard', exact: true }).click();
    await after.page.waitForTimeout(1_200);
    await after.page.reload();
    await after.page.getByRole('heading', { name: 'Templates' }).waitFor();
    expect(await after.page.getByRole('heading', { name: 'Not saved yet' }).count()).toBe(0);
    await after.close();
    second.close();
  });

  it('keeps every key that was typed before the server is killed, at whatever moment that is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
    const file = join(folder, 'small.runboard');
    writeFileSync(file, writeDesign(smallDesign()));
    const text = 'the quick brown fox jumps over the lazy dog';
    const first = await serveWindow(folder);
    const before = await openWindow(first.address);
    await before.page.locator('.recent-row').first().click();
    await before.page.locator('[data-node="popular"]').click();
    await before.page.locator('.inspector-title').fill('');
    await before.page.keyboard.type(text, { delay: 12 });
    // What is in flight may go: one message of a page to a server on the same machine.
    await before.page.waitForTimeout(60);
    first.process.kill('SIGKILL');
    await before.close();

    const second = await serveWindow(folder);
    const after = await openWindow(second.address);
    await after.page.locator('.unsaved-row .recent-row').click();
    expect(await after.page.locator('[data-node="popular"] .node-title').textContent()).toBe(text);
    await after.close();
    second.close();
  });

  it('shows earlier states by day, with their drawing and what going back would change', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
    writeFileSync(join(folder, 'small.runboard'), writeDesign(smallDesign()));
    const served = await serveWindow(folder);
    const { page, complaints, close } = await openWindow(served.address);
    await page.locator('.recent-row').first().click();
    await page.locator('[data-node="popular"]').click();
    await page.locator('.inspector-title').fill('Changed');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved small.runboard').waitFor();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /^Go back to an earlier state/ }).click();
    const today = page.getByRole('region', { name: 'Earlier states: Today' });
    await today.getByRole('button', { name: /the file before a save/ }).click();
    await page.getByText('Going back means').waitFor();
    expect(await page.getByLabel('What would change').allTextContents()).toEqual(['renamed: Changed → Popular']);
    expect(await page.locator('.restore-look .thumbnail rect').count()).toBeGreaterThan(6);
    await page.getByRole('button', { name: 'Go back to this' }).click();
    await expect.poll(() => page.locator('[data-node="popular"] .node-title').textContent()).toBe('Popular');
    expect(complaints).toEqual([]);
    await close();
    served.close();
  });

  it('does not overwrite a file that something else has changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
    const file = join(folder, 'small.runboard');
    writeFileSync(file, writeDesign(smallDesign()));
    const served = await serveWindow(folder);
    const { page, close } = await openWindow(served.address);
    await page.locator('.recent-row').first().click();
    await page.locator('[data-node="popular"]').click();
    await page.locator('.inspector-title').fill('Mine');
    const theirs = writeDesign({ ...smallDesign(), title: 'Theirs' });
    writeFileSync(file, theirs);
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { name: 'The file was changed by something else' }).waitFor();
    expect(readFileSync(file, 'utf8')).toBe(theirs);
    await close();
    served.close();
  });
});
