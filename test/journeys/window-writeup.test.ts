import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { axeInBothThemes } from '../support/axe.ts';
import { onEveryHost, type HostedWindow } from '../support/window-hosts.ts';
import { openSmallOn, run } from '../support/window-steps.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

onEveryHost('the write-up', (host) => {
  let open: HostedWindow;

  beforeAll(async () => {
    open = await openSmallOn(host);
  });
  afterAll(() => open?.close());

  it('says of a number that it is not measured yet, and shows it once it is', async () => {
    const { page } = open;
    await page.getByRole('tab', { name: 'Write-up' }).click();
    await page.getByRole('button', { name: /^S9/ }).click();
    const preview = page.getByRole('article', { name: 'Preview' });
    await page.locator('.cm-content').click();
    await page.keyboard.type('We reach {{evaluate ndcg@10');
    await page.keyboard.type('}} on <b>all</b> users.');
    await preview.getByText('evaluate ndcg@10: not run yet').waitFor();
    await preview.getByText('<b>all</b>').waitFor();
    await run(page);
    const shown = preview.locator('.cited');
    await expect.poll(() => shown.textContent()).toMatch(/^0\.\d{4}$/);
    await expect
      .poll(() => shown.getAttribute('title'))
      .toMatch(/^NDCG@10 of .*, run r-0001, 95 % \[0\.\d{4}, 0\.\d{4}\], n \d+$/);
  });

  it('offers what can be cited by name, with the keyboard alone', async () => {
    const { page } = open;
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Recall is ');
    await page.getByRole('button', { name: 'Number or figure' }).press('Enter');
    await page.keyboard.type('recall@10');
    await page.locator('.cm-completionLabel').first().waitFor();
    // The list takes keys only once it has stood for a moment, so that nobody picks by accident.
    await page.waitForTimeout(150);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('{{board}}');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('{{results evaluate}}');
    await expect.poll(() => page.locator('.cm-content').innerText()).toMatch(/Recall is \{\{\S+ recall@10\}\}/);
    await expect.poll(() => page.getByRole('article', { name: 'Preview' }).locator('.cited').count()).toBe(2);
    const figure = page.getByRole('img', { name: /^Board of/ });
    await figure.waitFor();
    expect(await figure.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
    // A table has room beside the text in the smallest window.
    const table = page.locator('.prose-table');
    expect(await table.evaluate((place) => place.scrollWidth - place.clientWidth)).toBe(0);
  });

  it('writes what the preview shows, and is read by everybody', async () => {
    const { page, complaints } = open;
    const shown = await page.getByRole('article', { name: 'Preview' }).locator('.cited').allTextContents();
    await page.getByRole('button', { name: 'Markdown', exact: true }).click();
    await page.getByText(/^Written: /).waitFor();
    const text = readFileSync(join(open.folder, 'write-up', 'small', 'write-up.md'), 'utf8');
    expect(text).toContain(`We reach ${shown[0]} on &lt;b>all&lt;/b> users. Recall is ${shown[1]}`);
    if (host.id === 'page') expect(await axeInBothThemes(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
