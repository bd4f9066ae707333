// What journeys do again and again, as a person does it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Design } from '../../shared/contract/design.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { smallDesign } from './small-design.ts';
import { runEnded } from './window.ts';
import { designFolder, type HostedWindow, type WindowHost } from './window-hosts.ts';

/** A world in which a run takes a second or two. */
export const smallWorld = {
  recipe: 'video-catalogue',
  settings: { users: 80, items: 60, events: 4_000, days: 20, seed: 1 },
};

/** Lays the small design into a folder as small.runboard; the text of the file. */
export function laySmall(folder: string, changes: Partial<Design> = {}): string {
  const text = writeDesign(smallDesign(changes));
  writeFileSync(join(folder, 'small.runboard'), text);
  return text;
}

/** Opens small.runboard from the designs on the start page. */
export async function openSmall(page: Page): Promise<void> {
  await page.locator('section[aria-labelledby="recent"] .recent-row').filter({ hasText: 'small.runboard' }).click();
  await page.locator('[data-node="popular"]').waitFor();
}

/** Opens what is not saved yet from the start page. */
export async function openUnsaved(page: Page): Promise<void> {
  await page.locator('section[aria-labelledby="unsaved"] .recent-row').click();
  await page.locator('[data-node="popular"]').waitFor();
}

/** A program with the small design, on a small world, open in its window. */
export async function openSmallOn(host: WindowHost, changes: Partial<Design> = {}): Promise<HostedWindow> {
  const folder = designFolder();
  laySmall(folder, { data: smallWorld, ...changes });
  const open = await host.open(folder);
  await openSmall(open.page);
  return open;
}

/** Presses Run, and waits until the run has ended. The button says Stop from the press on. */
export async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await runEnded(page);
}

/** Presses a node until it is chosen: a board that makes room moves it away from under the pointer. */
export async function choose(page: Page, node: string): Promise<void> {
  const press = async (): Promise<boolean> => {
    await page.locator(`[data-node="${node}"]`).click();
    return page
      .locator(`[data-node="${node}"].node-selected`)
      .waitFor({ timeout: 2_000 })
      .then(() => true)
      .catch(() => false);
  };
  await expect.poll(press, { timeout: 30_000 }).toBe(true);
}

/** Chooses a node and gives it another title, which the board shows. */
export async function rename(page: Page, node: string, title: string): Promise<void> {
  await choose(page, node);
  await page.locator('.inspector-title').fill(title);
  await expect.poll(() => titleOf(page, node)).toBe(title);
}

/** The title of a node on the board. */
export const titleOf = (page: Page, node: string): Promise<string | null> =>
  page.locator(`[data-node="${node}"] .node-title`).textContent();

/** Waits until a text lies in a journal of unsaved work: in its place, not in a file that is still to get its name. */
export async function keptUnsaved(folder: string, text: string): Promise<void> {
  const drafts = join(folder, '.runboard/drafts');
  const journals = (): string[] =>
    existsSync(drafts) ? readdirSync(drafts).filter((name) => name.endsWith('.journal')) : [];
  await expect
    .poll(() => journals().some((name) => readFileSync(join(drafts, name), 'utf8').includes(text)))
    .toBe(true);
}
