// Hostile text in every field of a design, its file, its data set: on every view it is text, nothing runs, nothing leaves.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { runboard } from '../support/cli.ts';
import { asText, hostileDesign, hostileEvents } from '../support/hostile.ts';
import { designFolder } from '../support/window-hosts.ts';
import { choose, run } from '../support/window-steps.ts';
import { openWindow, serveWindow, windowMissing, type OpenWindow, type ServedWindow } from '../support/window.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const missing = windowMissing();
const dataName = '<b onclick=x>"events".db';

let served: ServedWindow;
let open: OpenWindow;
const outside: string[] = [];
const dialogs: string[] = [];

function watch(page: Page, own: string): void {
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(own) && !url.startsWith('data:') && !url.startsWith('blob:')) outside.push(url);
  });
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
}

/** What ran, what was made of hostile text, and whether it is to be read as it was written. */
const looked = (page: Page, mark: string): Promise<{ ran: unknown; elements: string[]; read: boolean }> =>
  page.evaluate((text) => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea, option')];
    const made = document.querySelectorAll(
      'img[src^="http"], [onerror], [onload], [onclick], script:not([src]), iframe, object, embed, a[href^="javascript"]',
    );
    return {
      ran: (globalThis as { broken?: unknown }).broken ?? null,
      elements: [...made].map((one) => one.outerHTML.slice(0, 120)).filter((one) => /evil|broken|onclick/.test(one)),
      read:
        document.body.innerText.includes(text) ||
        fields.some((one) => one.value.includes(text)) ||
        [...document.querySelectorAll('svg text, svg title, text')].some((one) => one.textContent?.includes(text)),
    };
  }, asText(mark));

async function harmless(view: string, mark: string): Promise<void> {
  await expect
    .poll(() => looked(open.page, mark), { message: `${view}, where ${mark} should be read` })
    .toEqual({ ran: null, elements: [], read: true });
}

const bottom = (name: string): Promise<void> => open.page.getByRole('tab', { name, exact: false }).last().click();
const view = (name: string): Promise<void> => open.page.getByRole('tab', { name, exact: true }).first().click();

describe.skipIf(missing !== null)(`hostile text${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  beforeAll(async () => {
    const folder = designFolder();
    writeFileSync(join(folder, 'events.csv'), hostileEvents());
    const made = await runboard(
      ['import', 'events.csv', '--format', 'csv', '--map', 'user=who', 'item=what', 'time=when', '--out', dataName],
      { cwd: folder },
    );
    expect(made.code, made.stderr).toBe(0);
    writeFileSync(join(folder, '<i onclick=x>.runboard'), writeDesign(hostileDesign(dataName)));
    served = await serveWindow(folder);
    open = await openWindow(served.address);
    watch(open.page, new URL(served.address).origin);
  });
  afterAll(async () => {
    await open?.close();
    served?.close();
  });

  it('is text on the start page, the board and beside it', async () => {
    const { page } = open;
    await harmless('the start page', 'title');
    await page.locator('.recent-row').first().click();
    await page.locator('[data-node="popular"]').waitFor();
    await page.getByText('right in this design').waitFor();
    await page.getByText('What was done about it').click();
    for (const mark of ['title', 'popular', 'gateway', 'frame', 'note', 'component', 'kind', 'summary'])
      await harmless('the board', mark);
    await choose(page, 'gateway');
    await harmless('the inspector', 'gateway');
    await harmless('the attributes', 'owner');
    await page.getByRole('tab', { name: 'Notes', exact: true }).click();
    await harmless('the notes', 'gateway-notes');
    await choose(page, 'odd');
    await harmless('the inspector of an unknown component', 'component');
    await page.getByRole('tab', { name: 'Outline' }).click();
    await harmless('the outline', 'evaluate');
    await page.locator('.board').focus();
    await page.keyboard.press('Control+f');
    await page.getByPlaceholder('Find on the board').fill('note');
    await harmless('find', 'note');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('What should be done?').waitFor();
    await harmless('the commands', 'title');
    await page.keyboard.press('Escape');
  });

  it('is text where runs are shown', async () => {
    const { page } = open;
    // The component that nobody knows cannot run: it goes, and the rest does.
    await choose(page, 'odd');
    await page.keyboard.press('Delete');
    await expect.poll(() => page.locator('[data-node]').count()).toBe(5);
    await run(page);
    await page.locator('[data-node="evaluate"].node-is-done').waitFor();
    await harmless('the funnel', 'popular');
    await choose(page, 'popular');
    await page.getByLabel('Bound to', { exact: true }).selectOption({ label: 'Random' });
    await run(page);
    await page.getByRole('tab', { name: 'Log' }).click();
    await harmless('the log', 'popular');
    await page.getByRole('tab', { name: 'Request trace' }).click();
    await page.locator('.trace-step').first().waitFor();
    await harmless('the trace', 'popular');
    await bottom('Runs');
    await harmless('the runs', 'title');
    await bottom('Compare');
    await harmless('the comparison', 'popular');
    await bottom('Results');
    await choose(page, 'evaluate');
    await harmless('the results', 'evaluate');
    await bottom('Preview');
    await choose(page, 'source');
    await harmless('the preview', 'cell');
  });

  it('is text in the write-up, the experiments and the data', async () => {
    const { page } = open;
    await view('Write-up');
    for (const mark of ['section', 'body', 'head']) await harmless('the write-up', mark);
    await page.getByRole('article', { name: 'Preview' }).getByText(asText('body'), { exact: false }).first().waitFor();
    await page.getByRole('tab', { name: 'Board', exact: true }).last().click();
    await page.locator('.writeup-board img').waitFor();
    await harmless('the drawing beside the text', 'title');
    await view('Experiments');
    await page.getByRole('tab', { name: 'Sweep', exact: true }).click();
    await harmless('the sweep', 'popular');
    await view('Data');
    await page.locator('.data-row').first().waitFor();
    await page.locator('.data-row').first().click();
    await page.locator('.long-row').first().waitFor();
    await harmless('the data set', 'column');
    await harmless('its rows', 'cell');
  });

  it('is text in the dialogs', async () => {
    const { page } = open;
    await view('Board');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /^Go back to an earlier state/ }).click();
    await page.getByRole('dialog').waitFor();
    await harmless('restore points', 'title');
    await page.keyboard.press('Escape');
    await page.locator('.design-tab-close').first().click();
    await page.getByRole('dialog').getByText(asText('title'), { exact: false }).waitFor();
    await harmless('closing', 'title');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('is text in what is exported, opened in a browser', async () => {
    const { page, browser } = open;
    await view('Write-up');
    for (const name of ['HTML', 'Markdown']) await page.getByRole('button', { name, exact: true }).click();
    // In a folder named after the design's file, hostile as that name is.
    const html = join(served.folder, 'write-up', '<i onclick=x>', 'write-up.html');
    await expect.poll(() => existsSync(html) && existsSync(html.replace('.html', '.md'))).toBe(true);
    await expect.poll(() => readFileSync(html, 'utf8')).toContain('</html>');
    const file = '<i onclick=x>.runboard';
    const drawn = await runboard(['export', file, '--format', 'svg', '--out', 'drawing'], { cwd: served.folder });
    expect(drawn.code, drawn.stderr).toBe(0);
    const reader = await (await browser.newContext()).newPage();
    watch(reader, pathToFileURL(served.folder).href);
    for (const path of [html, join(served.folder, 'drawing/board.svg')]) {
      await reader.goto(pathToFileURL(path).href);
      expect(await reader.evaluate(() => (globalThis as { broken?: unknown }).broken ?? null)).toBeNull();
      await expect
        .poll(() =>
          reader.locator('script, iframe, img[src*="evil"], [onerror], [onload], a[href^="javascript"]').count(),
        )
        .toBe(0);
      expect(await reader.evaluate(() => document.documentElement.textContent)).toContain('<img src=');
    }
    const markdown = readFileSync(html.replace('.html', '.md'), 'utf8');
    expect(markdown).not.toMatch(/(?<!\\)<(script|img|svg|iframe|a)\b/i);
    expect(markdown).not.toMatch(/(?<!\\)\[(?:[^\]\\\n]|\\.)*\]\((?!board\.svg)/);
  });

  it('has asked nothing of anybody, and nothing was refused because nothing was tried', () => {
    expect(outside).toEqual([]);
    expect(dialogs).toEqual([]);
    expect(open.complaints).toEqual([]);
  });
});
