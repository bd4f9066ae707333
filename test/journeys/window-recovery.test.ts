import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { smallDesign } from '../support/small-design.ts';
import { openWindow, serveWindow, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 180_000 });

const missing = windowMissing();

function newFile(): { folder: string; file: string; original: string } {
  const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
  const file = join(folder, 'small.runboard');
  const original = writeDesign(smallDesign());
  writeFileSync(file, original);
  return { folder, file, original };
}

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

  it('has the same designs open, changes included, when the page is loaded again', async () => {
    const { folder, file, original } = newFile();
    const served = await serveWindow(folder);
    const { page, complaints, close } = await openWindow(served.address);
    await page.locator('.recent-row').first().click();
    await page.locator('[data-node="popular"]').click();
    await page.locator('.inspector-title').fill('Kept over a reload');
    await page.waitForTimeout(300);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.locator('[data-node="popular"]').waitFor();
    expect(await page.locator('[data-node="popular"] .node-title').textContent()).toBe('Kept over a reload');
    expect(await page.locator('.design-tab-dirty').count()).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(original);
    await page.keyboard.press('Control+s');
    await page.getByText('Saved small.runboard').waitFor();
    expect(complaints).toEqual([]);
    await close();
    served.close();
  });

  it('offers what a crash left unsaved where the file itself is opened, as a change that undo takes back', async () => {
    const { folder } = newFile();
    const first = await serveWindow(folder);
    const before = await openWindow(first.address);
    await before.page.locator('.recent-row').first().click();
    await before.page.locator('[data-node="popular"]').click();
    await before.page.locator('.inspector-title').fill('Left behind');
    await before.page.waitForTimeout(300);
    first.process.kill('SIGKILL');
    await before.close();

    const second = await serveWindow(folder);
    const { page, close } = await openWindow(second.address);
    await page.locator('.recent:not(:has(.unsaved-row)) .recent-row').first().click();
    await page.getByText('There are unsaved changes of this design').waitFor();
    const title = page.locator('[data-node="popular"] .node-title');
    expect(await title.textContent()).toBe('Popular');
    await page.getByRole('button', { name: 'Bring them back' }).click();
    await expect.poll(() => title.textContent()).toBe('Left behind');
    await page.locator('[data-node="gateway"]').click();
    await page.keyboard.press('Control+z');
    await expect.poll(() => title.textContent()).toBe('Popular');
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => title.textContent()).toBe('Left behind');
    await expect.poll(() => readdirSync(join(folder, '.runboard/drafts')).length).toBe(1);
    await close();
    second.close();
  });

  it('says that changes cannot be kept while they cannot, and keeps them as soon as they can', async () => {
    const { folder } = newFile();
    mkdirSync(join(folder, '.runboard'), { recursive: true });
    writeFileSync(join(folder, '.runboard/drafts'), 'in the way');
    const served = await serveWindow(folder);
    const { page, close } = await openWindow(served.address);
    await page.locator('.recent-row').first().click();
    await page.locator('[data-node="popular"]').click();
    await page.locator('.inspector-title').fill('Not kept at first');
    await page.getByText('Unsaved changes cannot be kept at the moment').waitFor();
    rmSync(join(folder, '.runboard/drafts'));
    await page
      .getByText('Unsaved changes cannot be kept at the moment')
      .waitFor({ state: 'detached', timeout: 15_000 });
    const [journal] = readdirSync(join(folder, '.runboard/drafts'));
    expect(readFileSync(join(folder, '.runboard/drafts', journal), 'utf8')).toContain('Not kept at first');
    await close();
    served.close();
  });

  it('writes the file by itself only where a person has turned that on', async () => {
    const { folder, file, original } = newFile();
    const served = await serveWindow(folder);
    const { page, close } = await openWindow(served.address);
    await page.locator('.recent-row').first().click();
    await page.locator('[data-node="popular"]').click();
    await page.locator('.inspector-title').fill('Only kept');
    await page.waitForTimeout(2_500);
    expect(readFileSync(file, 'utf8')).toBe(original);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Save changes by itself' }).click();
    await page.locator('.inspector-title').fill('Saved by itself');
    await expect.poll(() => readFileSync(file, 'utf8'), { timeout: 10_000 }).toContain('Saved by itself');
    await expect.poll(() => page.locator('.design-tab-dirty').count()).toBe(0);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Stop saving changes by itself' }).waitFor();
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
