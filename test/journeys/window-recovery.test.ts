// What is not saved outlives the program and the page, and nothing is written to a file that a person did not ask for.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { axeInBothThemes } from '../support/axe.ts';
import { smallDesign } from '../support/small-design.ts';
import { designFolder, onEveryHost, onThePage, type HostedWindow, type WindowHost } from '../support/window-hosts.ts';
import { choose, keptUnsaved, laySmall, openSmall, openUnsaved, rename, titleOf } from '../support/window-steps.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const typed = 'the quick brown fox jumps over the lazy dog';

onEveryHost('recovery from a program that was killed', (host) => {
  const folder = designFolder();
  const file = join(folder, 'small.runboard');
  const original = laySmall(folder);
  let open: HostedWindow;

  afterAll(() => open?.close());

  it('keeps every key that was typed before, at whatever moment that is, and leaves the file alone', async () => {
    open = await host.open(folder);
    const { page } = open;
    await openSmall(page);
    await choose(page, 'popular');
    await page.locator('.inspector-title').fill('');
    await page.keyboard.type(typed, { delay: 12 });
    // What is in flight may go: one message of a page to a program on the same machine.
    await keptUnsaved(folder, typed.slice(-1));
    await expect.poll(() => titleOf(page, 'popular')).toBe(typed);
    await page.waitForTimeout(60);
    await open.kill();
    expect(readFileSync(file, 'utf8')).toBe(original);
  });

  it('brings it back from the start page; once it is saved there is nothing left to bring back', async () => {
    open = await host.open(folder);
    const { page } = open;
    await openUnsaved(page);
    expect(await titleOf(page, 'popular')).toBe(typed);
    expect(readFileSync(file, 'utf8')).toBe(original);
    await page.keyboard.press('Control+s');
    await page.getByText('Saved small.runboard').waitFor();
    expect(readFileSync(file, 'utf8')).toContain(typed);
    await expect.poll(() => readdirSync(join(folder, '.runboard/drafts'))).toEqual([]);
    await rename(page, 'popular', 'Left behind');
    await keptUnsaved(folder, 'Left behind');
    await open.kill();
  });

  it('offers it where the file itself is opened, as a change that undo takes back', async () => {
    open = await host.open(folder);
    const { page } = open;
    await openSmall(page);
    await page.getByText('There are unsaved changes of this design').waitFor();
    expect(await titleOf(page, 'popular')).toBe(typed);
    await page.getByRole('button', { name: 'Bring them back' }).click();
    await expect.poll(() => titleOf(page, 'popular')).toBe('Left behind');
    await choose(page, 'gateway');
    await page.keyboard.press('Control+z');
    await expect.poll(() => titleOf(page, 'popular')).toBe(typed);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => titleOf(page, 'popular')).toBe('Left behind');
    await expect.poll(() => readdirSync(join(folder, '.runboard/drafts')).length).toBe(1);
  });
});

/** Opens a design of its own by its path, as a person who types it. */
async function openNew(open: HostedWindow, name: string): Promise<{ file: string; original: string }> {
  const file = join(open.folder, `${name}.runboard`);
  const original = writeDesign(smallDesign({ title: name }));
  writeFileSync(file, original);
  await open.page.getByRole('button', { name: 'Runboard', exact: true }).click();
  await open.page.getByLabel('Path of a design').fill(file);
  await open.page.getByLabel('Path of a design').press('Enter');
  await open.page.getByRole('button', { name, exact: true }).waitFor();
  await open.page.locator('[data-node="popular"]').waitFor();
  return { file, original };
}

/** Chooses in the menu beside Run. */
async function more(page: Page, item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

function unsavedWork(host: WindowHost): void {
  let open: HostedWindow;

  beforeAll(async () => {
    const folder = designFolder();
    mkdirSync(join(folder, '.runboard'));
    // Something is where the journals should be.
    writeFileSync(join(folder, '.runboard/drafts'), 'in the way');
    open = await host.open(folder);
    await open.mayLeave();
  });
  afterAll(() => open?.close());

  it('is said not to be kept while it cannot be, and is kept as soon as it can', async () => {
    const { page, folder } = open;
    await openNew(open, 'first');
    await rename(page, 'popular', 'Not kept at first');
    const said = page.getByText('Unsaved changes cannot be kept at the moment');
    await said.waitFor();
    rmSync(join(folder, '.runboard/drafts'));
    await said.waitFor({ state: 'detached' });
    await keptUnsaved(folder, 'Not kept at first');
  });

  it('is there when the page is loaded again, with the same designs open', async () => {
    const { page, folder } = open;
    const { file, original } = await openNew(open, 'second');
    await rename(page, 'popular', 'Kept over a reload');
    await keptUnsaved(folder, 'Kept over a reload');
    await page.reload();
    await page.locator('[data-node="popular"]').waitFor();
    await expect.poll(() => titleOf(page, 'popular')).toBe('Kept over a reload');
    await expect.poll(() => page.locator('.design-tab-dirty').count()).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe(original);
    await page.keyboard.press('Control+s');
    await page.getByText('Saved second.runboard').waitFor();
    expect(open.complaints).toEqual([]);
  });

  it('has earlier states by day, with their drawing and what going back would change', async () => {
    const { page } = open;
    await openNew(open, 'third');
    await rename(page, 'popular', 'Changed');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved third.runboard').waitFor();
    await more(page, /^Go back to an earlier state/);
    const today = page.getByRole('region', { name: 'Earlier states: Today' });
    await today.getByRole('button', { name: /the file before a save/ }).click();
    await page.getByText('Going back means').waitFor();
    await expect
      .poll(() => page.getByLabel('What would change').allTextContents())
      .toEqual(['renamed: Changed → Popular']);
    await expect.poll(() => page.locator('.restore-look .thumbnail rect').count()).toBeGreaterThan(6);
    await page.getByRole('button', { name: 'Go back to this' }).click();
    await expect.poll(() => titleOf(page, 'popular')).toBe('Popular');
    expect(open.complaints).toEqual([]);
  });

  it('none yet: what something else writes to the file is said at once, and is opened when a person says so', async () => {
    const { page } = open;
    const { file } = await openNew(open, 'sixth');
    const theirs = writeDesign(smallDesign({ title: 'Written elsewhere' }));
    writeFileSync(file, theirs);
    const said = page.getByText('The file was changed by something else');
    await said.waitFor();
    expect(await axeInBothThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Choose what to keep' }).click();
    await page.getByRole('button', { name: 'Open it again' }).click();
    await page.getByRole('button', { name: 'Written elsewhere', exact: true }).waitFor();
    await expect.poll(() => said.count()).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(theirs);
  });

  it('is never written over what something else has written to the file', async () => {
    const { page } = open;
    const { file } = await openNew(open, 'fourth');
    await rename(page, 'popular', 'Mine');
    const theirs = writeDesign(smallDesign({ title: 'Theirs' }));
    writeFileSync(file, theirs);
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { name: 'The file was changed by something else' }).waitFor();
    expect(readFileSync(file, 'utf8')).toBe(theirs);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('goes to the file by itself only where a person has turned that on', async () => {
    const { page, folder } = open;
    const { file, original } = await openNew(open, 'fifth');
    await rename(page, 'popular', 'Only kept');
    await keptUnsaved(folder, 'Only kept');
    await page.waitForTimeout(2_000);
    expect(readFileSync(file, 'utf8')).toBe(original);
    await more(page, 'Save changes by itself');
    await rename(page, 'popular', 'Saved by itself');
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('Saved by itself');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Stop saving changes by itself' }).waitFor();
  });
}

onThePage('unsaved work', unsavedWork);
